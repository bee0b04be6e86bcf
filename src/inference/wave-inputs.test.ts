import { expect, test } from 'vitest';
import { tinyCard } from '../network/testing/tiny';
import { waveInputs } from './wave-inputs';

const { input } = tinyCard();
const asking = {
  ...input,
  waves: {
    limit: 4,
    features: [
      { name: 'heartRateBpm', offset: 75, scale: 25 },
      { name: 'prMs', offset: 165, scale: 35 },
    ],
  },
};

test('values are scaled and cut off, and what is not measurable is unknown', () => {
  expect([...waveInputs({ heartRateBpm: 100, prMs: null }, asking, 2)]).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
  expect([...waveInputs({ heartRateBpm: 300, prMs: 95 }, asking, 1)]).toEqual([4, -2, 1, 1]);
  expect([...waveInputs({ heartRateBpm: Number.NaN }, asking, 1)]).toEqual([0, 0, 0, 0]);
});

test('a network that takes none is given none', () => {
  expect(waveInputs({ heartRateBpm: 100 }, input, 3)).toHaveLength(0);
});
