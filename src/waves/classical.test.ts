import { expect, test, vi } from 'vitest';
import { type Scenario, type Simulated, simulate } from '../simulator';
import { measure } from './index';
import { changed, delineationOf, ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

const NOISE = { muscleDb: 14, wanderDb: 3 };
const NAMES = ['prMs', 'qrsMs', 'qtMs'] as const;

/** Measured with a delineator that knows the truth. */
const known = (simulated: Simulated) => measure(ecgOf(simulated), delineationOf(simulated)).measurements;

test.each<Scenario>(['sinus', 'sinus-tachycardia', 'first-degree-av-block', 'rbbb', 'pvc', 'lvh', 'anterior-stemi'])(
  'the second opinion on %s agrees with the truth, in noise too',
  (scenario) => {
    for (const options of [{ seed: 3 }, { seed: 4, noise: NOISE }]) {
      const { secondOpinion } = known(simulate(scenario, options));
      expect(secondOpinion?.disputed, JSON.stringify(secondOpinion)).toEqual([]);
    }
  },
);

test('what a delineator has wrong is disputed, and only that', () => {
  const simulated = simulate('sinus', { seed: 5 });
  const late = changed(simulated.waves, (wave, kind) =>
    kind === 't' ? { ...wave, offset: wave.offset + 0.07 } : wave,
  );
  expect(known({ ...simulated, waves: late }).secondOpinion?.disputed).toEqual(['qtMs']);
  const early = changed(simulated.waves, (wave, kind) => (kind === 'p' ? { ...wave, onset: wave.onset - 0.06 } : wave));
  expect(known({ ...simulated, waves: early }).secondOpinion?.disputed).toEqual(['prMs']);
});

test('a P that the delineator does not see at all is disputed in a regular rhythm', () => {
  const simulated = simulate('first-degree-av-block', { seed: 7 });
  const none = changed(simulated.waves, (wave, kind) => (kind === 'p' ? null : wave));
  const { prMs, secondOpinion } = known({ ...simulated, waves: none });
  expect([prMs, secondOpinion?.disputed]).toEqual([null, ['prMs']]);
  expect(secondOpinion?.prMs).toBeGreaterThan(200);
});

test.each<Scenario>(['sinus', 'rbbb', 'first-degree-av-block'])(
  'without a delineator %s is measured all the same',
  (scenario) => {
    const simulated = simulate(scenario, { seed: 6, noise: NOISE });
    const truth = known(simulated);
    const { measurements, waves, seen, agreement } = measure(ecgOf(simulated));
    for (const name of NAMES) expect(Math.abs((measurements[name] ?? 0) - (truth[name] ?? 0)), name).toBeLessThan(40);
    expect(Math.abs((measurements.st?.V2 ?? 9) - (truth.st?.V2 ?? 0))).toBeLessThan(0.05);
    expect([waves, seen, agreement, measurements.secondOpinion]).toEqual([{}, null, null, null]);
    expect([measurements.atrialRateBpm, measurements.blockedP]).toEqual([null, null]);
  },
);

test('fibrillation has no PR, with a delineator or without; a single beat has no second opinion', () => {
  const fibrillating = simulate('atrial-fibrillation', { seed: 2 });
  expect(measure(ecgOf(fibrillating)).measurements).toMatchObject({ prMs: null, pMs: null });
  expect(known(simulate('sinus', { durationS: 1.6, rateBpm: 50 })).secondOpinion).toBeNull();
});
