import { expect, test, vi } from 'vitest';
import type { Ecg } from '../ecg';
import { partOf } from '../signal';
import { simulate } from '../simulator';
import { type Found, joinParts, partsBehind, searchPart } from './beyond';
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

const search = (startS: number, whole = ecg) => searchPart(source(whole), startS, async () => null);

/** From the first minutes and the parts behind them, the later one searched first: it does not know of the other. */
async function beatsBeyond(first: Found, whole = ecg): Promise<Found> {
  const found = new Map<number, Found>();
  for (const startS of partsBehind(MEASURED_S, LENGTH_S).toReversed()) found.set(startS, await search(startS, whole));
  return joinParts(
    first,
    [...found].sort(([a], [b]) => a - b).map(([, part]) => part),
  );
}

test('parts cover what was not measured', () => {
  expect(partsBehind(MEASURED_S, LENGTH_S)).toEqual([MEASURED_S, MEASURED_S + 1800]);
  expect(partsBehind(1800, 3600)).toEqual([1800]);
  expect(partsBehind(1800, 1800)).toEqual([]);
  expect(partsBehind(1800, 10)).toEqual([]);
});

test('each beat of a long recording is found once, at the joints too, with its class', async () => {
  const first = measure(within(ecg, 0, MEASURED_S));
  const { beats, beatList } = await beatsBeyond(first);
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
  const { longestPause } = await beatsBeyond(first, { ...ecg, leads });
  expect(first.longestPause?.lengthS).toBeLessThan(4);
  expect(longestPause?.lengthS).toBeGreaterThan(4.9);
  expect(longestPause?.startS).toBeGreaterThan(fromS - 2);
});

test('a reader who cancels is heard', async () => {
  const cancelled = async () => Promise.reject(new Error('cancelled'));
  await expect(searchPart(source(ecg), MEASURED_S, cancelled)).rejects.toThrow('cancelled');
});
