import { describe, expect, test } from 'vitest';
import { EcgError } from '../ecg';
import { inMemoryRecording } from './in-memory';
import { bytesOf } from './sources';

const file = bytesOf('a.xml', new Uint8Array(3));
const signal = (spelling: string, unit: string, values: number[], samplingRateHz = 2) => ({
  spelling,
  unit,
  samplingRateHz,
  values: Float64Array.from(values),
});

describe('signals in memory become a recording', () => {
  test('voltages in mV, standard names, the length of the longest, samples cut at the end', async () => {
    const recording = inMemoryRecording(file, {
      format: 'csv',
      signals: [signal('LEAD II', 'uV', [1000, -500, Number.NaN]), signal('Resp', 'Ohm', [7], 1)],
    });
    expect(recording.channels).toEqual([
      { name: 'II', lead: 'II', unit: 'mV', samplingRateHz: 2, sampleCount: 3 },
      { name: 'Resp', lead: null, unit: 'Ohm', samplingRateHz: 1, sampleCount: 1 },
    ]);
    expect(recording.durationS).toBe(1.5);
    expect([...(await recording.samples(0, 1, 9))]).toEqual([-0.5, Number.NaN]);
    expect([...(await recording.samples(1, 0, 1))]).toEqual([7]);
    await expect(recording.samples(2, 0, 1)).rejects.toThrow(EcgError);
  });

  test('no signal, and no rate, are errors', () => {
    const open = (signals: ReturnType<typeof signal>[]) => () => inMemoryRecording(file, { format: 'csv', signals });
    expect(open([])).toThrow('no signal');
    expect(open([signal('I', 'mV', [])])).toThrow('no signal');
    expect(open([signal('I', 'mV', [1], 0)])).toThrow('sampling rate');
    expect(open([signal('I', 'mV', [1], Number.NaN)])).toThrow('sampling rate');
  });
});
