import { expect, test } from 'vitest';
import type { Measurements, Quality, Saying } from '../ecg';
import { NO_WAVES } from '../waves';
import { alerts } from './alerts';
import { filterNote, filterWarnings } from './filters';
import { isPacedRhythm } from './st-alerts';

const GOOD: Quality = { acceptable: true, score: 1, leads: [], reason: null, chaotic: false };
const USUAL: Measurements = { ...NO_WAVES.measurements, heartRateBpm: 70, qrsMs: 90 };

const told = (more: Partial<Measurements>, ageYears: number | null = 60, note: Saying | null = null, isPaced = false) =>
  alerts({ ...USUAL, ...more }, null, GOOD, { ageYears, sex: 'male' }, { note, isPaced });
const codes = (...given: Parameters<typeof told>) => told(...given).map(({ code }) => code);

const low = (mv: number, later = mv) => ({ st: { V4: mv, V5: mv }, st60: { V4: later, V5: later } });

test('ST depression of 0.05 mV in two contiguous leads, unless it rises, and not where it has another reason', () => {
  expect(codes(low(-0.05))).toEqual(['ST_DEPRESSION']);
  expect(codes(low(-0.044))).toEqual([]);
  expect(codes(low(-0.1, -0.04))).toEqual([]);
  expect(codes({ st: { V4: -0.2, II: -0.2 }, st60: { V4: -0.2, II: -0.2 } })).toEqual([]);
  expect(codes({ ...low(-0.1), qrsMs: 119 })).toEqual(['ST_DEPRESSION']);
  expect(codes({ ...low(-0.1), qrsMs: 120 })).toEqual([]);
  expect(codes({ ...low(-0.1), heartRateBpm: 100 })).toEqual(['ST_DEPRESSION']);
  expect(codes({ ...low(-0.1), heartRateBpm: 101 })).toEqual([]);
  expect(codes(low(-0.1), 17)).toEqual([]);
  const high = { V1: { rMv: 0, sMv: 1.6 }, V5: { rMv: 1.9, sMv: 0 } };
  expect(codes({ ...low(-0.1), amplitudes: high })).toEqual([]);
});

test('depression in the front alone asks for the posterior leads; elevation is told before it', () => {
  const front = { st: { V2: -0.1, V3: -0.12 }, st60: { V2: -0.1, V3: -0.1 } };
  expect(told(front)[0]?.message).toBe(
    'ST depression in V2 (−0.10 mV), V3 (−0.12 mV), horizontal or downsloping. Posterior leads V7–V9 would show a posterior infarction.',
  );
  expect(told(low(-0.1))[0]?.message).not.toMatch(/Posterior/);
  expect(codes({ st: { ...front.st, II: 0.2, aVF: 0.2 }, st60: front.st60 })).toEqual(['ST_ELEVATION']);
});

const LBBB = {
  qrsMs: 130,
  amplitudes: { I: { rMv: 1, sMv: 0 }, V1: { rMv: 0.1, sMv: 1.2 }, V2: { rMv: 0.2, sMv: 2 }, V6: { rMv: 1.2, sMv: 0 } },
};

test.each<[string, Measurements['st'], readonly string[]]>([
  ['concordant elevation', { V6: 0.1 }, ['SGARBOSSA']],
  ['less of it', { V6: 0.09 }, []],
  ['concordant depression', { V1: -0.1 }, ['SGARBOSSA']],
  ['less of it', { V1: -0.09 }, []],
  ['depression where the QRS points up', { V6: -0.3 }, []],
  ['a quarter of S', { V2: 0.5 }, ['SGARBOSSA']],
  ['less of it', { V2: 0.49 }, []],
  ['a quarter of S, less than 0.1 mV', { V1: 0.09 }, []],
  ['discordant elevation as usual', { V1: 0.2, V2: 0.3 }, ['ST_NOT_APPLICABLE']],
])('left bundle branch block, %s', (_, st, expected) => {
  expect(codes({ ...LBBB, st })).toEqual(expected);
});

test('Sgarbossa is asked of no narrow QRS, no right bundle branch block and no child', () => {
  expect(codes({ ...LBBB, qrsMs: 129, st: { V6: 0.2 } })).toEqual([]);
  const right = { ...LBBB.amplitudes, V1: { rMv: 1.2, sMv: 0.2 } };
  expect(codes({ ...LBBB, amplitudes: right, st: { V6: 0.2 } })).toEqual([]);
  expect(codes({ ...LBBB, st: { V6: 0.2 } }, 17)).toEqual([]);
});

test('a paced rhythm with a wide QRS is read by the same criteria, whatever its shape', () => {
  const paced = { qrsMs: 120, amplitudes: { V6: { rMv: 0.1, sMv: 1 }, V2: { rMv: 0.1, sMv: 2 } } };
  const st = { V2: -0.1 };
  expect(codes({ ...paced, st })).toEqual([]);
  expect(told({ ...paced, st }, 60, null, true)[0]?.message).toBe(
    'ST depression with an inverted QRS in V2 (−0.10 mV). QRS 120 ms in a paced rhythm: criteria of Sgarbossa and Smith.',
  );
  expect(codes({ ...paced, qrsMs: 119, st }, 60, null, true)).toEqual([]);
  const rhythm = (...classes: readonly ('N' | 'paced')[]) => classes.map((one, timeS) => ({ timeS, class: one }));
  expect(isPacedRhythm(rhythm('paced', 'paced', 'N'))).toBe(true);
  expect(isPacedRhythm(rhythm('paced', 'N'))).toBe(false);
  expect(isPacedRhythm([])).toBe(false);
});

test('0.05 mV is enough in posterior and right-sided leads; with these recorded nobody is asked for them', () => {
  const elevated = (stFurther: Measurements['stFurther'], st: Measurements['st'] = { V6: 0.1 }) =>
    told({ st, stFurther }).map(({ message }) => message);
  expect(elevated({ V7: 0.05, V8: 0.05 })).toEqual(['ST elevation in V6 (0.10 mV), V7 (0.05 mV), V8 (0.05 mV).']);
  expect(elevated({ V8: 0.05, V9: 0.044 })).toEqual([]);
  expect(elevated({ V3R: 0.05, V4R: 0.05 }, { V1: 0.09 })).toEqual(['ST elevation in V3R (0.05 mV), V4R (0.05 mV).']);
  expect(elevated({ V9: 0.2, V3R: 0.2 })).toEqual([]);
  const front = { st: { V2: -0.1, V3: -0.12 }, st60: { V2: -0.1, V3: -0.1 } };
  expect(told({ ...front, stFurther: { V8: 0 } })[0]?.message).not.toMatch(/Posterior/);
});

test('a high-pass over 0.05 Hz makes ST not diagnostic, unless zero-phase; an unknown one is a quiet note', () => {
  const filters = { highPassHz: 0.05, lowPassHz: 150, notchHz: null };
  expect(filterNote(filters)).toBeNull();
  expect(filterWarnings(filters)).toEqual([]);
  const higher = { ...filters, highPassHz: 0.5 };
  expect(filterNote(higher)?.text).toMatch(/not diagnostic: high-pass of 0.5 Hz/);
  expect(filterWarnings(higher).map(({ code }) => code)).toEqual(['ST_NOT_DIAGNOSTIC']);
  expect([filterNote({ ...higher, zeroPhase: true }), filterWarnings({ ...higher, zeroPhase: true })]).toEqual([
    null,
    [],
  ]);
  for (const unknown of [null, undefined, { ...filters, highPassHz: null }]) {
    expect(filterNote(unknown)?.text).toMatch(/does not state/);
    expect(filterWarnings(unknown)).toEqual([]);
  }
  expect(told(low(-0.1), 60, { id: 'filterUnknown', values: {} })[0]?.message).toMatch(
    / The file does not state [^.]*\.$/,
  );
});
