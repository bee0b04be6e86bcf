import { expect, test, vi } from 'vitest';
import type { BeatClass } from '../ecg';
import { LEADS } from '../ecg';
import { type Scenario, type Simulated, type SimulationOptions, simulate } from '../simulator';
import { measure } from './index';
import { changed, delineationOf, ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

const classified = (simulated: Simulated) => measure(ecgOf(simulated), delineationOf(simulated)).beatList;

const count = (simulated: Simulated, name: BeatClass) => classified(simulated).filter((b) => b.class === name).length;

const NOISE = { muscleDb: 14, wanderDb: 3, mainsDb: 16 };

test.each([{}, { noise: NOISE }])('each ventricular extrasystole is V and no other beat, %o', (options) => {
  const simulated = simulate('pvc', { ...options, seed: 4, durationS: 60 });
  const truth = simulated.beats.filter((beat) => beat.class === 'V').map(({ timeS }) => timeS);
  const found = classified(simulated).filter((beat) => beat.class === 'V');
  expect(truth.length).toBeGreaterThan(3);
  expect(found.length).toBe(truth.length);
  for (const [n, { timeS }] of found.entries()) expect(Math.abs(timeS - (truth[n] ?? 0))).toBeLessThan(0.1);
});

const NORMAL: readonly (readonly [Scenario, SimulationOptions])[] = [
  ['sinus', {}],
  ['sinus', { rateBpm: 150 }],
  ['sinus-arrhythmia', {}],
  ['atrial-fibrillation', {}],
  ['lbbb', {}],
  ['rbbb', {}],
  ['inferior-infarct', {}],
];

test.each(NORMAL)('%s %o has normal beats only, in noise too', (scenario, options) => {
  for (const noise of [{}, NOISE]) {
    const beats = classified(simulate(scenario, { ...options, noise, seed: 2, durationS: 30 }));
    expect(beats.length).toBeGreaterThan(20);
    expect(beats.filter((beat) => beat.class !== 'N')).toEqual([]);
  }
});

/** Everything from a moment on comes earlier by so much. */
function shiftedFrom(simulated: Simulated, fromS: number, byS: number): Simulated {
  const rate = simulated.samplingRateHz;
  const [from, by] = [Math.round(fromS * rate), Math.round(byS * rate)];
  for (const lead of LEADS) {
    const signal = simulated.leads[lead];
    signal.copyWithin(from - by, from);
    signal.fill(signal.at(-by - 1) ?? 0, signal.length - by);
  }
  const waves = changed(simulated.waves, (w) =>
    w.onset > fromS ? { onset: w.onset - byS, peak: w.peak - byS, offset: w.offset - byS } : w,
  );
  return { ...simulated, waves };
}

test('an early beat of the usual shape in a steady rhythm is S, and it alone', () => {
  const simulated = simulate('sinus', { seed: 3, durationS: 20, rateBpm: 60 });
  const at = (simulated.beats[8]?.timeS ?? 0) - 0.25;
  const beats = classified(shiftedFrom(simulated, at, 0.28));
  expect(beats.map((beat) => beat.class).filter((c) => c !== 'N')).toEqual(['S']);
  expect(beats.find((beat) => beat.class === 'S')?.timeS).toBeCloseTo((simulated.beats[8]?.timeS ?? 0) - 0.28, 1);
});

test('a beat behind a pacing spike is paced', () => {
  const simulated = simulate('lbbb', { seed: 3 });
  const paced = simulated.beats.filter((_, n) => n % 2 === 0).slice(1);
  for (const lead of LEADS) for (const { timeS } of paced) simulated.leads[lead][Math.round((timeS - 0.07) * 500)] = 2;
  expect(count(simulated, 'paced')).toBe(paced.length);
  expect(count(simulated, 'V')).toBe(0);
});
