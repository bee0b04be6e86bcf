import { expect, it } from 'vitest';
import type { Prevalence } from '../ecg';
import { entered, groupsOf, prevalenceIn } from './prevalence';

const prevalence: Prevalence = {
  countedOn: 'a test',
  ageFromYears: [18, 60],
  records: { female: [99, 199], male: [99, 99] },
  positives: { AFIB: { female: [0, 19], male: [1, 29] } },
};

it('every group of the table is there, the oldest one open', () => {
  expect(groupsOf(prevalence)).toEqual([
    { sex: 'female', fromYears: 18, toYears: 59 },
    { sex: 'female', fromYears: 60, toYears: null },
    { sex: 'male', fromYears: 18, toYears: 59 },
    { sex: 'male', fromYears: 60, toYears: null },
  ]);
  const rows = [{ code: 'AFIB', label: 'AF', learned: 0.1 }];
  expect(prevalenceIn(prevalence, rows, { sex: 'male', fromYears: 60, toYears: null }).AFIB).toBeCloseTo(29.5 / 100);
});

it('boxes hold per cent; what is empty or no share is left out', () => {
  expect(entered({ AFIB: '2.5', MI: '', CD: '120', HYP: '-1', NORM: 'many', SR: '0' })).toEqual({ AFIB: 0.025, SR: 0 });
});
