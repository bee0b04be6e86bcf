import { expect, test } from 'vitest';
import type { Finding, FindingStatus, Measurements, StatementGroup } from '../ecg';
import { ENGLISH } from '../words';
import { caution, nothingPresent } from './conclusion';
import { grouped } from './groups';

const finding = (code: string, status: FindingStatus, probability: number | null, group: StatementGroup): Finding => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: code.toLowerCase(),
  group,
  probability,
  threshold: 0.5,
  operatingPoint: 'balanced',
  status,
  reason: probability === null ? 'leads V1–V6 missing' : null,
  evidence: [],
  conflicts: [],
});

const NORM = finding('NORM', 'present', 0.9, 'superclass');
const SR = finding('SR', 'present', 0.9, 'rhythm');
const AFIB = finding('AFIB', 'present', 0.9, 'rhythm');
const LVH = finding('LVH', 'notAssessed', null, 'hypertrophy');

test('a normal ECG alone, or with sinus rhythm, never stands alone', () => {
  expect(nothingPresent([NORM])).toBe(true);
  expect(nothingPresent([NORM, SR, LVH])).toBe(true);
  expect(nothingPresent([])).toBe(true);
  expect(nothingPresent([NORM, AFIB])).toBe(false);
});

test('the caution names what was not assessed and what the model has no statement for', () => {
  expect(caution(ENGLISH, [NORM, LVH], null)).toMatch(
    /^No statement above its threshold\. This does not exclude acute coronary syndrome or other emergencies\. Not assessed: Hypertrophy, ST elevation/,
  );
  expect(caution(ENGLISH, [finding('MI', 'notAssessed', null, 'superclass'), AFIB], null)).toContain(
    'Not assessed: diagnostic superclasses, ',
  );
  expect(caution(ENGLISH, [NORM, SR], null)).toMatch(
    /^No statement above its threshold other than sinus rhythm\. This does not/,
  );
});

test('groups stand in clinical order, in each the likeliest first, present ones apart', () => {
  const absent = finding('PVC', 'absent', 0.2, 'rhythm');
  const less = finding('SBRAD', 'absent', 0.1, 'rhythm');
  const groups = grouped([LVH, less, absent, AFIB, NORM]);
  expect(groups.map(({ group }) => group)).toEqual(['superclass', 'rhythm', 'hypertrophy']);
  expect(groups[1]?.present).toEqual([AFIB]);
  expect(groups[1]?.quiet).toEqual([absent, less]);
  expect(groups[0]).toMatchObject({ present: [], quiet: [NORM] });
});

test('what was measured is not called not assessed', () => {
  const measured = { st: { V2: 0.1 }, qtcMs: { fridericia: 410 } } as unknown as Measurements;
  expect(caution(ENGLISH, [NORM], measured)).not.toMatch(/ST elevation|long QT/);
  expect(caution(ENGLISH, [NORM], measured)).toContain('ST depression');
  expect(caution(ENGLISH, [NORM], null)).toMatch(/ST elevation.*long QT/);
});
