import { describe, expect, test } from 'vitest';
import { tinyCard } from '../network/testing/tiny';
import { MOST_WINDOWS, planWindows } from './windows';

const { input } = tinyCard();

describe('a recording of one of the model’s lengths is one pass', () => {
  test.each([2.5, 5, 10, 30, 10.004, 9.996])('%d s', (durationS) => {
    expect(planWindows(durationS, input)).toMatchObject({ startsS: [0], coverage: 'whole' });
  });
});

test.each([
  [12, 10, [0, 2]],
  [20, 10, [0, 5, 10]],
  [21, 10, [0, 5, 10, 11]],
  [7, 5, [0, 2]],
  [3, 2.5, [0, 0.5]],
])('%d s go through windows of %d s from %j', (durationS, length, startsS) => {
  expect(planWindows(durationS, input)).toEqual({ durationS: length, startsS, coverage: 'averaged' });
});

test('a long recording is sampled evenly, from its start to its end', () => {
  const plan = planWindows(86_400, input);
  expect(plan).toMatchObject({ durationS: 10, coverage: 'sampled' });
  expect(plan?.startsS).toHaveLength(MOST_WINDOWS);
  expect(plan?.startsS[0]).toBe(0);
  expect(plan?.startsS.at(-1)).toBe(86_390);
  expect(planWindows(305, input)).toMatchObject({ coverage: 'averaged' });
  expect(planWindows(305.1, input)).toMatchObject({ coverage: 'sampled' });
});

test('too short for any pass is none', () => {
  expect(planWindows(2.49, input)).toBeNull();
  expect(planWindows(0, input)).toBeNull();
});
