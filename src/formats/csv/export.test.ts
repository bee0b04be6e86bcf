import { expect, test } from 'vitest';
import { csvParts } from '../../report';
import { stretch, summarise } from '../../signal';
import { allSamples, openOne, textFile } from '../testing/opened';
import { writeRecord } from '../testing/wfdb-writer';

test('what export-csv writes of a record is read back: rate, names, gaps, values', async () => {
  const wave = Array.from({ length: 3600 }, (_, i) => (i % 100 === 7 ? -32768 : Math.round(900 * Math.sin(i / 30))));
  const names = ['I', 'II', 'V1', 'PLETH, left'];
  const signals = names.map((name, i) => ({
    format: 16,
    name,
    gain: '1000(0)/mV',
    values: wave.map((value) => (value === -32768 ? value : value + i)),
  }));
  const recording = await openOne(writeRecord('r', '360', signals));
  const parts = await csvParts(summarise(recording, await stretch(recording, 0, 60)), (startS, durationS) =>
    stretch(recording, startS, durationS),
  );
  const again = await openOne([textFile('r.csv', parts.join(''))]);
  for (const name of names) {
    const from = recording.channels.findIndex((channel) => channel.name === name);
    const to = again.channels.findIndex((channel) => channel.name === name);
    expect(again.channels[to]).toMatchObject({ name, samplingRateHz: 360, sampleCount: 3600, unit: 'mV' });
    const [before, after] = [(await allSamples(recording))[from], (await allSamples(again))[to]];
    const off = [...(after ?? [])].flatMap((value, i) =>
      Object.is(value, before?.[i]) || Math.abs(value - (before?.[i] ?? 0)) < 1e-6 ? [] : [[i, value, before?.[i]]],
    );
    expect(off, name).toEqual([]);
  }
});
