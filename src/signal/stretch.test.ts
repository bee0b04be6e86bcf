import { expect, test } from 'vitest';
import { type Channel, type Recording, standardLead, UNKNOWN_PATIENT } from '../ecg';
import { partOf, stretch } from './stretch';
import { stretchWarnings, summarise } from './summary';

/** A recording of ramps: sample i of channel c is c + i / 1000. */
function ramps(channels: readonly Partial<Channel>[]): Recording {
  const filled = channels.map((channel) => ({
    name: 'I',
    lead: standardLead(channel.name ?? 'I'),
    unit: 'mV',
    samplingRateHz: 100,
    sampleCount: 1000,
    ...channel,
  }));
  return {
    source: { name: 'ramps', format: 'csv', parts: [] },
    channels: filled,
    durationS: 10,
    startTime: null,
    device: null,
    patient: UNKNOWN_PATIENT,
    deviceMeasurements: null,
    deviceStatements: [],
    warnings: [],
    samples: async (channel, start, count) =>
      Float32Array.from({ length: Math.max(0, Math.min(count, 1000 - start)) }, (_, i) => channel + (start + i) / 1000),
  };
}

test('orders the standard leads, keeps every other channel behind them', async () => {
  const ecg = await stretch(ramps([{ name: 'resp' }, { name: 'V2' }, { name: 'aVF' }, { name: 'I' }]), 0, 10);
  expect(ecg.leads.map(({ name }) => name)).toEqual(['I', 'aVF', 'V2', 'resp']);
});

test('derives the missing limb leads from I and II, exactly and marked', async () => {
  const ecg = await stretch(ramps([{ name: 'I' }, { name: 'II' }, { name: 'V1' }]), 2, 1);
  const at = (name: string) => ecg.leads.find((lead) => lead.name === name);
  expect(ecg.leads.map(({ name, derived }) => `${name}${derived ? '*' : ''}`)).toEqual([
    'I',
    'II',
    'III*',
    'aVR*',
    'aVL*',
    'aVF*',
    'V1',
  ]);
  const one = at('I')?.samples[0] ?? 0;
  const two = at('II')?.samples[0] ?? 0;
  expect(one).toBeCloseTo(0.2, 6);
  expect(at('III')?.samples[0]).toBeCloseTo(two - one, 6);
  expect(at('aVR')?.samples[0]).toBeCloseTo(-(one + two) / 2, 6);
  expect(at('aVL')?.samples[0]).toBeCloseTo(one - two / 2, 6);
  expect(at('aVF')?.samples[0]).toBeCloseTo(two - one / 2, 6);
});

test('a part of what is in memory is what would be read, and nothing beyond it', async () => {
  const recording = ramps([{ name: 'I' }, { name: 'II', samplingRateHz: 99.5, sampleCount: 995 }, { name: 'V1' }]);
  const held = await stretch(recording, 1, 8);
  for (const [startS, durationS] of [
    [1, 8],
    [1, 2.5],
    [3.21, 4],
    [6.005, 2.995],
  ] as const) {
    expect(partOf(held, startS, durationS)).toEqual(await stretch(recording, startS, durationS));
  }
  expect(partOf(held, 1, 8)).toBe(held);
  expect(partOf(held, 0.5, 3)).toBeNull();
  expect(partOf(held, 6, 4)).toBeNull();
});

test.each([
  [
    'without absolute voltage',
    [
      { name: 'I', unit: 'NU' },
      { name: 'II', unit: 'NU' },
    ],
  ],
  ['of different rates', [{ name: 'I' }, { name: 'II', samplingRateHz: 200 }]],
])('derives nothing from leads %s', async (_, channels) => {
  const ecg = await stretch(ramps(channels), 0, 10);
  expect(ecg.leads.map(({ name }) => name)).toEqual(['I', 'II']);
});

test('cuts a stretch at the end of the recording', async () => {
  const ecg = await stretch(ramps([{ name: 'V1' }]), 9.5, 10);
  expect(ecg.leads[0]?.samples).toHaveLength(50);
  expect(ecg.durationS).toBeCloseTo(0.5);
});

test('the summary lists the leads in the order in which a stretch gives them, with samples read or not', async () => {
  const recording = ramps([{ name: 'resp' }, { name: 'V2' }, { name: 'II' }, { name: 'I' }]);
  const ecg = await stretch(recording, 0, 10);
  const names = ecg.leads.map(({ name, derived }) => ({ name, derived }));
  const listed = (summary: ReturnType<typeof summarise>) =>
    summary.leads.map(({ name, derived }) => ({ name, derived }));
  expect(listed(summarise(recording, null))).toEqual(names);
  expect(listed(summarise(recording, ecg))).toEqual(names);
  expect(summarise(recording, null).leads[0]).toMatchObject({ name: 'I', missing: null });
  expect(summarise(recording, ecg).leads[0]).toMatchObject({ name: 'I', missing: 0 });
});

test('leads of different rates are told, since an export brings them together', async () => {
  const codes = async (channels: readonly Partial<Channel>[]) => {
    const recording = ramps(channels);
    return stretchWarnings(await stretch(recording, 0, 10), recording).map(({ code }) => code);
  };
  expect(await codes([{ name: 'V1' }, { name: 'V2', samplingRateHz: 50, sampleCount: 500 }])).toContain(
    'LEADS_RESAMPLED',
  );
  expect(await codes([{ name: 'V1' }, { name: 'V2' }])).toEqual([]);
});
