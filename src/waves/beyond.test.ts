import { expect, test, vi } from 'vitest';
import type { Ecg } from '../ecg';
import { partOf } from '../signal';
import { simulate } from '../simulator';
import { beatsBeyond } from './beyond';
import { measure } from './index';
import { ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

const MEASURED_S = 300;
/** Two parts behind what was measured, the second a short one. */
const LENGTH_S = MEASURED_S + 1800 + 5;
const simulated = simulate('pvc', { durationS: LENGTH_S, samplingRateHz: 100, seed: 3 });
const ecg = ecgOf(simulated, ['II', 'V1', 'V5']);
const within = (whole: Ecg, startS: number, lengthS: number) => {
  const part = partOf(whole, startS, Math.min(lengthS, whole.durationS - startS));
  if (!part) throw new Error('There is no such part.');
  return part;
};
const source = (whole: Ecg) => ({
  durationS: LENGTH_S,
  read: async (startS: number, lengthS: number) => within(whole, startS, lengthS),
});

test('each beat of a long recording is found once, at the joints too, with its class', async () => {
  const first = measure(within(ecg, 0, MEASURED_S));
  const { beats, beatList } = await beatsBeyond(source(ecg), first, MEASURED_S, async () => null);
  const truth = simulated.waves.II.qrs.map(({ peak }) => peak).filter((timeS) => timeS > 1 && timeS < LENGTH_S - 1);
  const near = (timeS: number) => beats.filter((beat) => Math.abs(beat - timeS) < 0.15).length;
  expect(truth.filter((timeS) => near(timeS) !== 1)).toEqual([]);
  expect(beats.length - truth.length).toBeLessThan(4);
  expect(beatList.map(({ timeS }) => timeS)).toEqual(beats);
  const ventricular = (fromS: number, toS: number) =>
    beatList.filter((beat) => beat.class === 'V' && beat.timeS >= fromS && beat.timeS < toS).length / (toS - fromS);
  expect(ventricular(MEASURED_S, LENGTH_S) / ventricular(0, MEASURED_S)).toBeCloseTo(1, 0);
});

test('the longest pause is found wherever it is', async () => {
  const [fromS, toS] = [MEASURED_S + 1790, MEASURED_S + 1795];
  const leads = ecg.leads.map((lead) => ({ ...lead, samples: lead.samples.slice().fill(0, fromS * 100, toS * 100) }));
  const first = measure(within(ecg, 0, MEASURED_S));
  const { longestPause } = await beatsBeyond(source({ ...ecg, leads }), first, MEASURED_S, async () => null);
  expect(first.longestPause?.lengthS).toBeLessThan(4);
  expect(longestPause?.lengthS).toBeGreaterThan(4.9);
  expect(longestPause?.startS).toBeGreaterThan(fromS - 2);
});

test('a reader who cancels is heard before each part', async () => {
  const cancelled = async () => Promise.reject(new Error('cancelled'));
  const first = measure(within(ecg, 0, MEASURED_S));
  await expect(beatsBeyond(source(ecg), first, MEASURED_S, cancelled)).rejects.toThrow('cancelled');
  expect(await beatsBeyond(source(ecg), first, LENGTH_S, cancelled)).toMatchObject({ beats: first.beats });
});
