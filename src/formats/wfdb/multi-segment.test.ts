import { expect, test } from 'vitest';
import type { ByteSource, Recording } from '../../ecg';
import { openFiles } from '..';
import { allSamples, textFile, warningCodes } from '../testing/opened';
import { writeRecord } from '../testing/wfdb-writer';

const NaN4 = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
const mV = (values: readonly number[], gain = 200) => values.map((value) => Math.fround(value / gain));
const one = writeRecord('m_1', '250', [
  { format: 16, values: [1, 2, 3, 4], name: 'I' },
  { format: 16, values: [5, 6, 7, 8], name: 'II' },
]);

async function outcomeOf(files: readonly ByteSource[], name = 'm.hea') {
  const outcome = (await openFiles(files)).find((some) => some.name === name);
  if (!outcome) throw new Error(`no ${name}`);
  return outcome;
}

async function recordingOf(files: readonly ByteSource[]): Promise<Recording> {
  const outcome = await outcomeOf(files);
  if ('error' in outcome) throw outcome.error;
  return outcome.recording;
}

test('segments of a fixed layout follow one another, each with its gain', async () => {
  const two = writeRecord('m_2', '250', [
    { format: 212, values: [9, 10], name: 'I', gain: '100(0)/mV' },
    { format: 212, values: [11, 12], name: 'II' },
  ]);
  const files = [textFile('m.hea', 'm/3 2 250 10 10:00:00 31/01/2020\nm_1 4\n~ 4\nm_2 2\n'), ...one, ...two];
  const recording = await recordingOf(files);
  expect(recording.channels).toMatchObject([
    { lead: 'I', sampleCount: 10, samplingRateHz: 250 },
    { lead: 'II', sampleCount: 10 },
  ]);
  expect(recording.startTime).toBe('2020-01-31T10:00:00');
  expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
    [...mV([1, 2, 3, 4]), ...NaN4, ...mV([9, 10], 100)],
    [...mV([5, 6, 7, 8]), ...NaN4, ...mV([11, 12])],
  ]);
  expect([...(await recording.samples(0, 3, 6))]).toEqual([...mV([4]), ...NaN4, ...mV([9], 100)]);
  expect(warningCodes(recording)).toEqual(['SAMPLES_MISSING']);
  expect(recording.source.parts.map(({ name }) => name)).toEqual(['m.hea', 'm_1.hea', 'm_1.dat', 'm_2.hea', 'm_2.dat']);
  // A segment is a record of its own as well.
  expect((await openFiles(files)).map(({ name }) => name)).toEqual(['m.hea', 'm_1.hea', 'm_2.hea']);
});

test('in a variable layout signals are found by their names', async () => {
  const two = writeRecord('m_2', '250', [{ format: 16, values: [9, 10, 11, 12], name: 'II' }]);
  const layout = textFile(
    'm_layout.hea',
    'm_layout 3 250 0\n~ 0 200 16 0 0 0 0 II\n~ 0 200 16 0 0 0 0 I\n~ 0 200 16 0 0 0 0 V\n',
  );
  const files = [textFile('m.hea', 'm/3 3 250 8\nm_layout 0\nm_1 4\nm_2 4\n'), layout, ...one, ...two];
  const recording = await recordingOf(files);
  expect(recording.channels.map(({ name }) => name)).toEqual(['II', 'I']);
  expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
    mV([5, 6, 7, 8, 9, 10, 11, 12]),
    [...mV([1, 2, 3, 4]), ...NaN4],
  ]);
  expect((await openFiles(files)).map(({ name }) => name)).toEqual(['m.hea', 'm_1.hea', 'm_2.hea']);
});

test.each([
  ['m/2 2 250 8\nm_1 4\nm_9 4\n', 'MISSING_PART'],
  ['m/2 2 250 8\nm_1 4\n', 'TRUNCATED_FILE'],
  ['m/2 2 250\nm_1 4\n~ 999999999999999\n', 'TOO_LARGE'],
  ['m/2 2 250 8\nm_1 4\nm 4\n', 'CORRUPT_FILE'],
  ['m/1 2 250 8\n~ 4\n', 'EMPTY_FILE'],
])('%j is %s', async (text, code) => {
  expect(await outcomeOf([textFile('m.hea', text), ...one])).toMatchObject({ error: { code } });
});

test('a segment that is shorter than the header says is missing there', async () => {
  const recording = await recordingOf([textFile('m.hea', 'm/1 2 250 6\nm_1 6\n'), ...one]);
  expect([...(await recording.samples(0, 0, 9))]).toEqual([...mV([1, 2, 3, 4]), Number.NaN, Number.NaN]);
  expect(warningCodes(recording)).toEqual(['SAMPLES_MISSING']);
});
