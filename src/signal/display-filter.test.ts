import { describe, expect, test } from 'vitest';
import { type Filters, type Recording, UNKNOWN_PATIENT } from '../ecg';
import { filteredStretch } from './display-filter';
import { stretch } from './stretch';

const RATE = 500;
const DURATION_S = 60;
const NONE: Filters = { highPassHz: null, lowPassHz: null, notchHz: null };

/** One lead of a minute; NaN from 30.0 to 30.1 s. */
function recordingOf(value: (timeS: number) => number, unit = 'mV'): Recording {
  const all = Float32Array.from({ length: RATE * DURATION_S }, (_, i) =>
    i >= 30 * RATE && i < 30.1 * RATE ? Number.NaN : value(i / RATE),
  );
  return {
    source: { name: 'sine', format: 'csv', parts: [] },
    channels: [{ name: 'II', lead: 'II', unit, samplingRateHz: RATE, sampleCount: all.length }],
    durationS: DURATION_S,
    startTime: null,
    device: null,
    patient: UNKNOWN_PATIENT,
    deviceMeasurements: null,
    deviceStatements: [],
    warnings: [],
    samples: async (_channel, start, count) => all.slice(start, start + count),
  };
}

/** Amplitude of a sine of 1 mV behind the filter, and how far it was moved, as a share of its period. */
async function response(hz: number, filter: Partial<Filters>) {
  const ecg = await filteredStretch(
    recordingOf((t) => Math.sin(2 * Math.PI * hz * t)),
    35,
    20,
    { ...NONE, ...filter },
  );
  let [re, im] = [0, 0];
  const { samples = new Float32Array() } = ecg.leads[0] ?? {};
  samples.forEach((v, i) => {
    re += v * Math.sin(2 * Math.PI * hz * (35 + i / RATE));
    im += v * Math.cos(2 * Math.PI * hz * (35 + i / RATE));
  });
  const scale = 2 / samples.length;
  return { amplitude: Math.hypot(re, im) * scale, turned: Math.atan2(im, re) / (2 * Math.PI) };
}

describe('each filter takes off 3 dB at its named frequency, passes what it should and moves nothing in time', () => {
  test.each([
    [0.5, { highPassHz: 0.5 }, Math.SQRT1_2],
    [5, { highPassHz: 0.5 }, 1],
    [0.05, { highPassHz: 0.5 }, 0.02],
    [40, { lowPassHz: 40 }, Math.SQRT1_2],
    [5, { lowPassHz: 40 }, 1],
    [120, { lowPassHz: 40 }, 0.02],
    [150, { lowPassHz: 150 }, Math.SQRT1_2],
    [50, { notchHz: 50 }, 0],
    [60, { notchHz: 60 }, 0],
    [10, { notchHz: 50 }, 1],
    [10, {}, 1],
  ] as const)('%d Hz through %o: %d', async (hz, filter, wanted) => {
    const { amplitude, turned } = await response(hz, filter);
    expect(Math.abs(amplitude - wanted)).toBeLessThan(0.03);
    if (wanted > 0.5) expect(Math.abs(turned)).toBeLessThan(0.001);
  });
});

const BUSY = recordingOf((t) => Math.sin(7 * t) + 0.3 * Math.sin(300 * t) + 0.02 * t);
const MONITOR: Filters = { highPassHz: 0.5, lowPassHz: 40, notchHz: 50 };
const samplesOf = (ecg: Awaited<ReturnType<typeof stretch>>) => ecg.leads[0]?.samples ?? new Float32Array();

test('two pages that lie side by side join without a step', async () => {
  const whole = samplesOf(await filteredStretch(BUSY, 0, DURATION_S, MONITOR));
  const page = samplesOf(await filteredStretch(BUSY, 14.5, 10, MONITOR));
  expect(page).toHaveLength(10 * RATE);
  page.forEach((v, i) => {
    expect(Math.abs(v - (whole[14.5 * RATE + i] ?? 0))).toBeLessThan(0.002);
  });
});

test('where the recording ends neither a drift nor a QRS that is cut makes a wave', async () => {
  const drifting = recordingOf((t) => 0.1 * t + (t > DURATION_S - 0.02 ? 1 : 0));
  const page = samplesOf(await filteredStretch(drifting, 50, 10, { ...NONE, highPassHz: 0.5 }));
  expect(Math.max(...page.subarray(0, 9.97 * RATE).map(Math.abs))).toBeLessThan(0.1);
});

test('a gap stays a gap and what is recorded is not touched', async () => {
  const before = samplesOf(await stretch(BUSY, 25, 10));
  const shown = samplesOf(await filteredStretch(BUSY, 25, 10, MONITOR));
  expect(shown.findIndex(Number.isNaN)).toBe(5 * RATE);
  expect(shown.filter(Number.isNaN)).toHaveLength(0.1 * RATE);
  expect(samplesOf(await stretch(BUSY, 25, 10))).toEqual(before);
  expect(shown).not.toEqual(before);
});

test('what is no voltage, and what lies over half the rate, is shown as recorded', async () => {
  const breathing = recordingOf((t) => Math.sin(t), 'NU');
  expect(samplesOf(await filteredStretch(breathing, 0, 10, MONITOR))).toEqual(
    samplesOf(await stretch(breathing, 0, 10)),
  );
  const fast = { ...NONE, lowPassHz: 300 };
  expect(samplesOf(await filteredStretch(BUSY, 0, 10, fast))).toEqual(samplesOf(await stretch(BUSY, 0, 10)));
});
