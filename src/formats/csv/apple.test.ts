import { expect, test } from 'vitest';
import { openOne, textFile } from '../testing/opened';

const WAVE = Array.from({ length: 600 }, (_, i) => 400 * Math.sin(i / 20) + 0.25);

/** As the Health app exports it; the numbers as a language writes them. */
const apple = (number: (value: number) => string) =>
  `Name,Ann Jürgens\nDate of Birth,"Mar 2, 1957"\nRecorded Date,2020-01-31 10:20:30 +0100\nClassification,Sinus Rhythm\nSymptoms,\nSoftware Version,1.90\nDevice,"Watch6,2"\nSample Rate,512 hertz\n\n\nLead,Lead I\nUnit,µV\n\n${WAVE.map(number).join('\n')}\n`;

test.each([
  ['points', (value: number) => value.toFixed(3)],
  ['commas', (value: number) => value.toFixed(3).replace('.', ',')],
  ['commas in quotes', (value: number) => `"${value.toFixed(3).replace('.', ',')}"`],
])("Apple's export with decimal %s", async (_, number) => {
  const recording = await openOne([textFile('ecg_2020-01-31.csv', apple(number))]);
  expect(recording.channels).toMatchObject([
    { name: 'I', lead: 'I', unit: 'mV', samplingRateHz: 512, sampleCount: 600 },
  ]);
  const samples = await recording.samples(0, 0, 600);
  expect(Math.max(...samples.map((value, i) => Math.abs(value - (WAVE[i] ?? 0) / 1000)))).toBeLessThan(1e-6);
  expect(recording.patient).toMatchObject({ name: 'Ann Jürgens', birthDate: '1957-03-02', ageYears: 62 });
  expect(recording).toMatchObject({
    startTime: '2020-01-31T10:20:30',
    device: 'Watch6,2',
    deviceStatements: ['Sinus Rhythm'],
    warnings: [],
  });
});
