import { expect, test, vi } from 'vitest';
import { applyMarks, LEADS, type Wave } from '../ecg';
import { type Scenario, type Simulated, type SimulationOptions, simulate } from '../simulator';
import { random } from '../simulator/random';
import { measure, measureSeen } from './index';
import { changed, delineationOf, ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

const NOISE = { muscleDb: 14, wanderDb: 3, mainsDb: 16 };

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The true intervals over all leads, ms, of the beats that are conducted. */
function truth({ globalWaves: { p, qrs, t }, beats }: Simulated) {
  const conducted = qrs.filter((w) =>
    beats.some(({ timeS, class: c }) => c === 'N' && w.onset < timeS && timeS < w.offset),
  );
  const ms = (value: (w: Wave) => number | undefined) => 1000 * middle(conducted.flatMap((w) => value(w) ?? []));
  return {
    prMs: ms(
      (w) => p.filter(({ onset }) => w.onset - onset > 0 && w.onset - onset < 0.4).map((v) => w.onset - v.onset)[0],
    ),
    qrsMs: ms((w) => w.offset - w.onset),
    qtMs: ms((w) => t.filter(({ onset }) => onset > w.onset).map((v) => v.offset - w.onset)[0]),
  };
}

/** Waves as a delineator finds them: boundaries off by some milliseconds, now and then none. */
function imperfect(simulated: Simulated, jitterS: number, dropped: number): Simulated {
  const draw = random(9);
  const waves = changed(simulated.waves, (wave) => {
    const [on, off] = [jitterS * draw.normal(), jitterS * draw.normal()];
    return draw.uniform() < dropped ? null : { ...wave, onset: wave.onset + on, offset: wave.offset + off };
  });
  return { ...simulated, waves };
}

const CASES: readonly (readonly [Scenario, SimulationOptions])[] = [
  ...[50, 70, 90, 120].map((rateBpm) => ['sinus', { rateBpm }] as const),
  ...(['sinus-arrhythmia', 'first-degree-av-block', 'pvc', 'lbbb', 'rbbb', 'lvh', 'anterior-stemi'] as const).map(
    (scenario) => [scenario, {}] as const,
  ),
];

test.each(CASES)('PR, QRS and QT of %s %o are true within 10 ms', (scenario, options) => {
  const clean = simulate(scenario, { ...options, seed: 3 });
  const noisy = imperfect(simulate(scenario, { ...options, seed: 4, noise: NOISE }), 0.005, 0.03);
  for (const simulated of [clean, noisy]) {
    const expected = truth(simulated);
    const { measurements, agreement } = measure(ecgOf(simulated), delineationOf(simulated));
    expect(agreement).toBeGreaterThan(0.95);
    for (const name of ['prMs', 'qrsMs', 'qtMs'] as const) {
      expect(Math.abs((measurements[name] ?? 0) - expected[name]), name).toBeLessThan(10);
    }
    expect(measurements.blockedP ?? 0).toBe(0);
  }
});

test('ST in posterior and right-sided leads, not in Frank leads, counts or respiration', () => {
  const simulated = simulate('anterior-stemi');
  const ecg = ecgOf(simulated);
  const further = ([name, unit]: readonly [string, string]) =>
    ecgOf(simulated, ['V3'], 0, unit).leads.map((v3) => ({ ...v3, name, lead: null }));
  const names = [
    ['V8', 'mV'],
    ['V4R', 'mV'],
    ['X', 'mV'],
    ['V9', 'NU'],
    ['resp', 'mV'],
  ] as const;
  const leads = [...ecg.leads, ...names.flatMap(further)];
  const own = measure(ecg, delineationOf(simulated)).measurements;
  const { stFurther, st } = measure({ ...ecg, leads }, delineationOf(simulated)).measurements;
  expect(own.stFurther).toBeNull();
  expect(st).toEqual(own.st);
  expect(Object.keys(stFurther ?? {})).toEqual(['V8', 'V4R']);
  expect(Math.abs((stFurther?.V8 ?? 0) - (st?.V3 ?? 0))).toBeLessThan(0.05);
});

test('a first-degree block has its long PR, a bundle branch block its wide QRS', () => {
  const of = (scenario: Scenario) => {
    const simulated = simulate(scenario);
    return measure(ecgOf(simulated), delineationOf(simulated)).measurements;
  };
  expect(of('first-degree-av-block').prMs).toBeGreaterThan(240);
  expect(of('lbbb').qrsMs).toBeGreaterThan(120);
  expect(of('sinus').qrsAxisDeg).toBeCloseTo(46, -1);
});

test('in fibrillation P is absent and PR no number, even where a lead imagines a P now and then', () => {
  const simulated = simulate('atrial-fibrillation', { seed: 5, noise: NOISE });
  const imagined = simulated.beats.filter((_, n) => n % 4 === 0).map(({ timeS }) => timeS - 0.15);
  const p = imagined.map((onset) => ({ onset, peak: onset + 0.04, offset: onset + 0.08 }));
  const waves = { ...simulated.waves, V1: { ...simulated.waves.V1, p }, II: { ...simulated.waves.II, p } };
  for (const seen of [simulated, { ...simulated, waves }]) {
    const found = measure(ecgOf(seen), delineationOf(seen));
    expect(found.measurements).toMatchObject({ pMs: null, prMs: null, pAxisDeg: null, atrialRateBpm: null });
    expect(Object.values(found.waves).flatMap((lead) => lead.p)).toEqual([]);
    expect(found.measurements.qtMs).toBeGreaterThan(300);
  }
});

/** Sinus rhythm of which every `nth` beat is not conducted: its QRS and T are taken out of signal and truth. */
function withDroppedBeats(nth: number, seed: number): Simulated {
  const simulated = simulate('sinus', { rateBpm: 84, durationS: 12, seed });
  const dropped = simulated.beats.filter((_, n) => n % nth === nth - 1).map(({ timeS }) => timeS);
  const isDropped = ({ onset, offset }: Wave) => dropped.some((timeS) => offset > timeS - 0.06 && onset < timeS + 0.35);
  for (const lead of LEADS) {
    for (const timeS of dropped) {
      const at = (s: number) => Math.max(0, Math.round((timeS + s) * simulated.samplingRateHz));
      simulated.leads[lead].fill(0, at(-0.06), at(0.42));
    }
  }
  return {
    ...simulated,
    waves: changed(simulated.waves, (wave, kind) => (kind !== 'p' && isDropped(wave) ? null : wave)),
  };
}

test.each([2, 3, 4])(
  'in AV block with every %ith beat dropped the blocked P are counted, and there is no PR',
  (nth) => {
    for (const seed of [1, 2]) {
      const simulated = withDroppedBeats(nth, seed);
      const { measurements, agreement } = measure(ecgOf(simulated), delineationOf(simulated));
      expect(agreement).toBeGreaterThan(0.9);
      expect(measurements.blockedP).toBeGreaterThanOrEqual(2);
      expect(measurements.prMs).toBeNull();
      expect(measurements.pMs).toBeGreaterThan(80);
      expect(measurements.atrialRateBpm).toBeCloseTo(84, -1);
    }
  },
);

test('a delineator that misses beats is overruled by the detector, and makes no AV block', () => {
  const simulated = simulate('sinus', { seed: 6 });
  const { beats } = simulated;
  const isLost = ({ onset }: Wave) => beats.some(({ timeS }, n) => n % 3 === 1 && Math.abs(onset - timeS) < 0.1);
  const blind = {
    ...simulated,
    waves: changed(simulated.waves, (w, kind) => (kind === 'qrs' && isLost(w) ? null : w)),
  };
  const found = measure(ecgOf(blind), delineationOf(blind));
  expect(found.agreement).toBeLessThan(0.9);
  expect(found.beats.length).toBe(beats.length);
  expect(found.measurements.blockedP ?? 0).toBe(0);
  expect(found.measurements.qrsMs).toBeGreaterThan(80);
});

test('one lead and a later start measure alike; times count from the start of the recording', () => {
  const simulated = simulate('sinus', { seed: 7 });
  const whole = measure(ecgOf(simulated), delineationOf(simulated));
  const later = measure(ecgOf(simulated, ['II'], 3600), delineationOf(simulated, ['II'], 3600));
  expect(Math.abs((later.measurements.prMs ?? 0) - (whole.measurements.prMs ?? 0))).toBeLessThan(12);
  expect(later.waves.II?.qrs[0]?.peak).toBeCloseTo(3600 + (whole.waves.II?.qrs[0]?.peak ?? 0), 3);
  expect(later.measurements.qrsAxisDeg).toBeNull();
});

test('a gap holds no wave, and peaks are those of the recorded signal', () => {
  const gaps = [{ lead: 'II', fromS: 4, toS: 6 }] as const;
  const simulated = simulate('sinus', { seed: 8, gaps });
  const { waves } = measure(ecgOf(simulated), delineationOf(simulated));
  expect(waves.II?.qrs.some(({ offset, onset }) => offset > 4 && onset < 6)).toBe(false);
  for (const { peak } of waves.V5?.qrs ?? []) {
    const near = simulated.beats.reduce((a, { timeS }) => Math.min(a, Math.abs(timeS - peak)), 1);
    expect(near).toBeLessThan(0.012);
  }
});

test("a mark that the reader sets in one lead is the beat's, and its intervals are measured there alone", () => {
  const simulated = simulate('sinus', { seed: 3 });
  const ecg = ecgOf(simulated);
  const { seen, measurements: before } = measure(ecg, delineationOf(simulated));
  const p = seen?.waves.II?.p[3];
  if (!seen || !p) throw new Error('no P');
  const edit = { lead: 'II', kind: 'p', peakS: p.peak, boundary: 'onset', timeS: p.onset - 0.04 } as const;
  const { measurements: after } = measureSeen(ecg, { ...seen, waves: applyMarks(seen.waves, [edit]) });
  expect((after.prMs ?? 0) - (before.prMs ?? 0)).toBeGreaterThan(25);
  expect((after.prMs ?? 0) - (before.prMs ?? 0)).toBeLessThan(60);
  expect((after.pMs ?? 0) - (before.pMs ?? 0)).toBeGreaterThan(25);
  expect([after.qrsMs, after.qtMs]).toEqual([before.qrsMs, before.qtMs]);
  expect(measureSeen(ecg, seen).measurements).toEqual(before);
});
