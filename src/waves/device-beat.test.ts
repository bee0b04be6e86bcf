import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeviceBeat, MedianBeat, PlacedBeat } from '../ecg';
import { bytesOf, openFiles } from '../formats';
import { stretch } from '../signal';
import { median } from '../signal/median';
import { simulate } from '../simulator';
import { sharedPath } from '../testing/shared';
import { placeDeviceBeat } from './device-beat';
import { measure } from './index';
import { delineationOf, ecgOf } from './testing/truth';

const simulated = simulate('sinus', { seed: 4, durationS: 10 });
const ours = measure(ecgOf(simulated), delineationOf(simulated)).medianBeats;

/** Correlation, and the regression's slope, of the device's beat on ours. */
function compare({ samples, startS, samplingRateHz }: PlacedBeat, own: MedianBeat | undefined) {
  if (!own) throw new Error('no such lead');
  const offset = Math.round((own.startS - startS) * samplingRateHz);
  const pairs = [...own.samples].flatMap((a, n) => {
    const b = samples[n + offset] ?? Number.NaN;
    return Number.isNaN(a) || Number.isNaN(b) ? [] : [[a, b] as const];
  });
  const mean = (value: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + value(pair), 0) / pairs.length;
  const [a, b] = [mean(([x]) => x), mean(([, y]) => y)];
  const [xx, yy, xy] = [
    mean(([x]) => (x - a) ** 2),
    mean(([, y]) => (y - b) ** 2),
    mean(([x, y]) => (x - a) * (y - b)),
  ];
  return { correlation: xy / Math.sqrt(xx * yy), slope: xy / xx };
}

test('a beat at another rate, moved and on another level, comes to lie over ours; missing limb leads are added', () => {
  const device = ours.flatMap(({ lead, samplingRateHz, samples }): DeviceBeat[] => {
    if (/III|aV/.test(lead)) return [];
    const half = samples.filter((_, n) => n % 2 === 0).map((value) => value + 0.7);
    return [
      { lead, samplingRateHz: samplingRateHz / 2, samples: Float32Array.of(...new Array(40).fill(0.7), ...half) },
    ];
  });
  const placed = placeDeviceBeat(device, ours);
  expect(placed.map(({ lead }) => lead)).toEqual(ours.map(({ lead }) => lead));
  for (const beat of placed) {
    const own = ours.find(({ lead }) => lead === beat.lead);
    expect(beat.startS).toBeCloseTo((own?.startS ?? 0) - 80 / beat.samplingRateHz, 6);
    expect(compare(beat, own).correlation).toBeGreaterThan(0.99);
    const offset = Math.round(((own?.startS ?? 0) - beat.startS) * beat.samplingRateHz);
    const apart = [...(own?.samples ?? [])].map((value, n) => (beat.samples[n + offset] ?? 0) - value);
    expect(Math.abs(median(apart))).toBeLessThan(0.005);
  }
});

test('of no shared lead, or what is no voltage, nothing is placed', () => {
  const [own] = ours;
  if (!own) throw new Error('no beat');
  const device = [{ lead: own.lead, samplingRateHz: own.samplingRateHz, samples: own.samples }];
  expect(placeDeviceBeat(device, [{ ...own, unit: 'NU' }])).toEqual([]);
  expect(placeDeviceBeat([], ours)).toEqual([]);
  expect(placeDeviceBeat(device, [own])).toHaveLength(1);
});

const samples = sharedPath('samples');

describe.runIf(samples)("the device's beats in real files are those that we make of its rhythm", () => {
  test.each([
    'muse_xml/MUSE_20080710_165457_96000.xml',
    'muse_xml/braveheart_example1.xml',
    'muse_xml/ml4h_muse_deidentified_1.xml',
    'philips_xml/Philips103Example01.xml',
    'philips_xml/3191723_ZZDEMOPTONLY_1-04_orig.xml',
    'hl7aecg/hl7_Example_aECG.xml',
    'dicom/ecgtoolkit_Example.dcm',
    'dicom/waveform_ecg.dcm',
    'scp/ecgtoolkit_Example.scp',
    'cardiosoft_xml/ml4h_ukbb_scrubbed.xml',
  ])('%s', async (name) => {
    const [outcome] = await openFiles([bytesOf(name, readFileSync(join(samples ?? '.', name)))]);
    if (!outcome || 'error' in outcome) throw new Error(`${name} cannot be read`);
    const { recording } = outcome;
    const { medianBeats } = measure(await stretch(recording, 0, recording.durationS));
    const placed = placeDeviceBeat(recording.deviceBeat ?? [], medianBeats);
    expect(placed).toHaveLength(12);
    const compared = placed.map((beat) =>
      compare(
        beat,
        medianBeats.find(({ lead }) => lead === beat.lead),
      ),
    );
    expect(median(compared.map(({ correlation }) => correlation))).toBeGreaterThan(0.98);
    expect(Math.abs(median(compared.map(({ slope }) => slope)) - 1)).toBeLessThan(0.03);
  });
});
