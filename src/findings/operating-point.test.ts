import { expect, test } from 'vitest';
import { tinyCard } from '../network/testing/tiny';
import { atPoint } from './operating-point';

test('screening takes its own threshold where there is one, and each label says at which point it stands', () => {
  const card = tinyCard();
  const screening = {
    threshold: 0.05,
    sensitivity: 0.95,
    sensitivityLow: 0.9,
    sensitivityHigh: 0.98,
    specificity: 0.6,
    exploratory: false,
  };
  const both = { ...card, labels: card.labels.map((label, i) => (i === 0 ? { ...label, screening } : label)) };
  expect(atPoint(both, 'balanced')).toBe(both);
  const [first, second] = atPoint(both, 'screening').labels;
  expect(first).toMatchObject({ threshold: 0.05, operatingPoint: 'screening' });
  expect(second).toEqual(card.labels[1]);
});
