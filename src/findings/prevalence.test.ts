import { describe, expect, it } from 'vitest';
import { atPrevalence, type Finding, learnedPrevalence, type Prevalence, UNKNOWN_PATIENT } from '../ecg';
import { shifted } from './prevalence';

const prevalence: Prevalence = {
  countedOn: 'a test',
  ageFromYears: [18, 60],
  records: { female: [99, 199], male: [99, 99] },
  positives: { AFIB: { female: [0, 19], male: [1, 29] } },
};
const woman = { ...UNKNOWN_PATIENT, ageYears: 70, sex: 'female' } as const;

const finding = (code: string, probability: number | null): Finding => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: code,
  group: 'rhythm',
  probability,
  threshold: 0.4,
  operatingPoint: 'balanced',
  status: probability === null ? 'notAssessed' : probability >= 0.4 ? 'present' : 'absent',
  reason: null,
  evidence: [],
  conflicts: [],
});

describe('where the network learned a statement is', () => {
  it('as common as among people of the same age and sex', () => {
    expect(learnedPrevalence(prevalence, 'AFIB', woman)).toBeCloseTo(19.5 / 200);
    expect(learnedPrevalence(prevalence, 'AFIB', { ageYears: 30, sex: 'male' })).toBeCloseTo(1.5 / 100);
  });

  it('as common as among all where either is unknown, and never never', () => {
    expect(learnedPrevalence(prevalence, 'AFIB', UNKNOWN_PATIENT)).toBeCloseTo(49.5 / 497);
    expect(learnedPrevalence(prevalence, 'AFIB', { ageYears: 30, sex: 'unknown' })).toBeCloseTo(49.5 / 497);
    expect(learnedPrevalence(prevalence, 'AFIB', { ageYears: 30, sex: 'female' })).toBeGreaterThan(0);
    expect(learnedPrevalence(prevalence, 'NORM', woman)).toBeNull();
  });
});

it('the log-odds move by the difference of the prevalences', () => {
  expect(atPrevalence(0.5, 0.2, 0.2)).toBeCloseTo(0.5);
  expect(atPrevalence(0.5, 0.5, 0.2)).toBeCloseTo(0.2);
  expect(atPrevalence(0.9, 0.1, 0.01)).toBeCloseTo(0.45, 2);
});

it('status follows, what it was is told, and nothing else moves', () => {
  const before = [finding('AFIB', 0.5), finding('AFIB', null), finding('NORM', 0.5)];
  const [moved, skipped, other] = shifted(before, { prevalence }, { AFIB: 0.01, NORM: 0.9 }, woman);
  expect(moved).toMatchObject({ status: 'absent', threshold: 0.4, shift: { from: 0.5, own: 0.01 } });
  expect(moved?.probability).toBeLessThan(0.1);
  expect(skipped).toBe(before[1]);
  expect(other).toBe(before[2]);
  expect(shifted(before, {}, { AFIB: 0.01 }, woman)).toEqual(before);
});
