import { expect, test, vi } from 'vitest';
import { simulate } from '../simulator';
import { measure } from './index';
import { NO_WAVES } from './measure';
import { networkFeatures } from './network-features';
import { changed, delineationOf, ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

function featuresOf(scenario: Parameters<typeof simulate>[0]) {
  const simulated = simulate(scenario, { seed: 3 });
  return networkFeatures(measure(ecgOf(simulated), delineationOf(simulated)));
}

test('sinus rhythm: a P before every QRS, no jump, one atrial beat for each ventricular one', () => {
  const { pShare, jumpShare, atrialPerBeat, blockedP, irregular } = featuresOf('sinus');
  expect(pShare).toBeGreaterThan(0.85);
  expect(jumpShare).toBe(0);
  expect(irregular).toBe(0);
  expect(atrialPerBeat).toBeCloseTo(1, 1);
  expect(blockedP).toBe(0);
});

test('atrial fibrillation: RR jumps, and no P has a PR interval', () => {
  const fibrillation = featuresOf('atrial-fibrillation');
  expect(fibrillation.irregular).toBe(1);
  expect(fibrillation.jumpShare).toBeGreaterThan(0.25);
  expect(fibrillation.prMs).toBeNull();
  expect(fibrillation.longestRrShare).toBeGreaterThan(1.15);
  expect(fibrillation.sdnnShare).toBeGreaterThan(0.1);
});

test('a P that is there in some beats only is counted as such', () => {
  const simulated = simulate('sinus', { seed: 3 });
  const most = changed(simulated.waves, (wave, kind) =>
    kind === 'p' && wave.onset < 0.3 * simulated.durationS ? null : wave,
  );
  const { pShare } = networkFeatures(measure(ecgOf(simulated), delineationOf({ ...simulated, waves: most })));
  expect(pShare).toBeGreaterThan(0.5);
  expect(pShare).toBeLessThan(0.8);
});

test('nothing is known of an ECG without beats', () => {
  for (const value of Object.values(networkFeatures(NO_WAVES))) expect(value).toBeNull();
});
