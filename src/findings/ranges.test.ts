import { expect, test } from 'vitest';
import type { Measurements, RangedName, Sex } from '../ecg';
import { NO_WAVES } from '../waves';
import { axisWord, range, ranges } from './ranges';

const flag = (name: RangedName, value: number, sex: Sex = 'male', ageYears: number | null = 50) =>
  range(name, value, { ageYears, sex }).flag;

test.each<[RangedName, Sex, number, number | null, number | null, number]>([
  // below, lowest normal, highest normal, above
  ['heartRateBpm', 'female', 49, 50, 100, 101],
  ['prMs', 'male', 119, 120, 200, 201],
  ['pMs', 'male', Number.NaN, null, 119, 120],
  ['qrsMs', 'female', Number.NaN, null, 110, 111],
  ['qtcFridericiaMs', 'male', 360, 361, 449, 450],
  ['qtcFridericiaMs', 'female', 360, 361, 459, 460],
  ['qtcBazettMs', 'unknown', 360, 361, 449, 450],
  ['qrsAxisDeg', 'male', -31, -30, 90, 91],
  ['sokolowLyonMv', 'male', Number.NaN, null, 3.49, 3.5],
  ['cornellMv', 'male', Number.NaN, null, 2.8, 2.81],
  ['cornellMv', 'female', Number.NaN, null, 2, 2.01],
])('%s of a %s has its limits', (name, sex, below, lowest, highest, above) => {
  if (lowest !== null) expect([flag(name, below, sex), flag(name, lowest, sex)]).toEqual(['low', null]);
  if (highest !== null) expect(flag(name, highest, sex)).toBeNull();
  expect(flag(name, above, sex)).toBe('high');
  expect(range(name, null, { ageYears: 50, sex }).flag).toBeNull();
  expect(range(name, above, { ageYears: 50, sex }).source).toMatch(/\d{4}/);
});

test('what reads as the limit is the limit', () => {
  expect(flag('prMs', 200.4)).toBeNull();
  expect(flag('prMs', 200.6)).toBe('high');
  expect(flag('qtcFridericiaMs', 449.6)).toBe('high');
});

test('the range is told in words', () => {
  const text = (name: RangedName, sex: Sex = 'male') => range(name, 1, { ageYears: 50, sex }).text;
  expect(text('prMs')).toBe('120–200');
  expect(text('qrsMs')).toBe('up to 110');
  expect(text('pMs')).toBe('under 120');
  expect(text('qtcFridericiaMs')).toBe('361–449');
  expect(text('qrsAxisDeg')).toBe('−30 to 90');
});

test('children get no limits, the young no voltage criterion, and unknown sex the limits of men: each is said', () => {
  const child = range('prMs', 300, { ageYears: 17, sex: 'male' });
  expect([child.flag, child.high, child.note]).toEqual([null, null, expect.stringContaining('under 18')]);
  expect(flag('sokolowLyonMv', 5, 'male', 34)).toBeNull();
  expect(flag('sokolowLyonMv', 5, 'male', 35)).toBe('high');
  expect(range('cornellMv', 3, { ageYears: 50, sex: 'unknown' }).note).toMatch(/limits of men/);
  expect(range('prMs', 150, { ageYears: null, sex: 'unknown' }).note).toBeNull();
});

const measured = (more: Partial<Measurements>): Measurements => ({ ...NO_WAVES.measurements, ...more });

test.each<[number | null, string | null]>([
  [0, 'normal'],
  [-30, 'normal'],
  [-31, 'left'],
  [-90, 'left'],
  [-91, 'extreme'],
  [90, 'normal'],
  [91, 'right'],
  [180, 'right'],
  [-179, 'extreme'],
  [null, null],
])('an axis of %s° is %s', (qrsAxisDeg, word) => {
  expect(axisWord(measured({ qrsAxisDeg }))).toBe(word);
});

test('an isoelectric QRS in leads that were measured is indeterminate', () => {
  const none = { rMv: 0.5, sMv: 0.5 };
  expect(axisWord(measured({ amplitudes: { I: none, aVF: none } }))).toBe('indeterminate');
  expect(axisWord(measured({ amplitudes: { I: none } }))).toBeNull();
});

test('notes: RR statistics by their length, Bazett outside 60 to 90 bpm, QTc with wide QRS', () => {
  const man = { ageYears: 50, sex: 'male' } as const;
  const noteOf = (name: RangedName, more: Partial<Measurements>) => ranges(measured(more), man, 10)[name]?.note;
  expect(noteOf('sdnnMs', {})).toMatch(/^From 10 s: not comparable/);
  expect(noteOf('qtcBazettMs', { heartRateBpm: 59 })).toMatch(/outside 60–90/);
  expect(noteOf('qtcBazettMs', { heartRateBpm: 60 })).toBeNull();
  expect(noteOf('qtcBazettMs', { heartRateBpm: 90 })).toBeNull();
  expect(noteOf('qtcBazettMs', { heartRateBpm: 91 })).toMatch(/outside 60–90/);
  expect(noteOf('qtcFridericiaMs', { heartRateBpm: 120, qrsMs: 119 })).toBeNull();
  expect(noteOf('qtcFridericiaMs', { qrsMs: 120 })).toMatch(/wide QRS \(120 ms\)/);
});
