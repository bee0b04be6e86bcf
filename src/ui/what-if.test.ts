import { expect, test } from 'vitest';
import type { Finding } from '../ecg';
import { EVERYONE, shifts } from './what-if';

const finding = (code: string, probability: number | null) =>
  ({ code, label: code, probability, threshold: 0.4 }) as Finding;

test('everyone is men and women from 18 to 90', () => {
  expect(EVERYONE[0]).toEqual({ ageYears: 18, sex: 'female' });
  expect(EVERYONE.at(-1)).toEqual({ ageYears: 90, sex: 'male' });
});

test('what moves most comes first, and what crosses its threshold is told', () => {
  const findings = [finding('A', 0.3), finding('B', 0.5), finding('C', null)];
  const found = shifts(findings, { A: 0.31, B: 0.2, C: 0.5 }, [
    { A: 0.29, B: 0.35 },
    { A: 0.32, B: 0.6 },
  ]);
  expect(found).toEqual([
    { code: 'B', label: 'B', now: 0.5, other: 0.2, lowest: 0.2, highest: 0.6, decides: true },
    { code: 'A', label: 'A', now: 0.3, other: 0.31, lowest: 0.29, highest: 0.32, decides: false },
  ]);
});
