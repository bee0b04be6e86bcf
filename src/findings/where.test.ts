import { expect, test } from 'vitest';
import { LEADS } from '../ecg';
import { whereLooked } from './where';

/** Ten steps of half a second in twelve leads, 0 but for what is given by lead and step. */
const where = (hot: readonly (readonly [lead: (typeof LEADS)[number], step: number, fall: number])[]) => {
  const falls = new Float32Array(LEADS.length * 10);
  for (const [lead, step, fall] of hot) falls[LEADS.indexOf(lead) * 10 + step] = fall;
  return whereLooked({ leads: LEADS, steps: 10, startS: 5, stepS: 0.5, falls }).text;
};

test('leads and stretches that hold most of it, in words', () => {
  const hot = (['V1', 'V2', 'V3'] as const).map((lead) => [lead, 4, 1] as const);
  expect(where([...hot, ['II', 8, 0.6]])).toBe('mostly V1–V3, 7.0–7.5 s');
  expect(
    where([
      ['I', 2, 1],
      ['I', 3, 1],
      ['I', 9, 0.9],
    ]),
  ).toBe('mostly I, 6.0–7.0 s');
  expect(
    where([
      ['I', 0, 1],
      ['I', 4, 1],
      ['I', 8, 1],
    ]),
  ).toBe('mostly I, 5.0–5.5 s and 7.0–7.5 s');
});

test('everywhere is said to be everywhere, and nothing nothing; what speaks against a statement does not count', () => {
  const everywhere = LEADS.flatMap((lead) =>
    Array.from({ length: 10 }, (_, step) => [lead, step, 1 + (step % 2) / 10] as const),
  );
  expect(where(everywhere)).toBe('mostly all leads, throughout');
  expect(where([['V1', 3, 0.05]])).toBe('no single stretch of any lead matters');
  expect(where([['V1', 3, -5]])).toBe('no single stretch of any lead matters');
});
