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

/** Keys as the Health app has them in other languages; a row that ends with a delimiter, as one is pasted, has an empty last cell. */
test.each([
  [
    'German',
    ['Name', 'Geburtsdatum', 'Aufzeichnungsdatum', 'Klassifizierung', 'Gerät', 'Messrate', 'Ableitung', 'Einheit'],
    ['"2. März 1957"', '"511,562\u00a0Hertz"', 'Ableitung I', ','],
    511.562,
  ],
  [
    'Spanish',
    [
      'Nombre',
      'Fecha de nacimiento',
      'Fecha de registro',
      'Clasificación',
      'Dispositivo',
      'Frecuencia de muestreo',
      'Derivación',
      'Unidad',
    ],
    ['2 de mar. de 1957', '512 hercios', 'Derivación I', ','],
    512,
  ],
  [
    'Chinese',
    ['姓名', '出生日期', '记录日期', '分类', '设备', '采样速率', '导联', '单位'],
    ['1957年3月2日', '512赫兹', '导联I', '\t'],
    512,
  ],
] as const)("Apple's export in %s", async (_, keys, [born, rate, lead, delimiter], samplingRateHz) => {
  const values = ['Ann Jürgens', born, '2020-01-31 10:20:30 +0100', 'Sinus', '"Watch6,2"', rate, lead, 'µV'];
  const head = keys.map((key, i) => `${key}${delimiter}${values[i]}`).join('\n');
  const end = delimiter === '\t' ? '\t' : '';
  const rows = WAVE.map((value) => `${value.toFixed(3).replace('.', delimiter === ',' ? ',' : '.')}${end}`);
  const recording = await openOne([textFile('ecg_2020-01-31.csv', `${head}\n\n${rows.join('\n')}\n`)]);
  expect(recording.channels).toMatchObject([{ name: 'I', lead: 'I', unit: 'mV', samplingRateHz, sampleCount: 600 }]);
  expect((await recording.samples(0, 10, 1))[0]).toBeCloseTo((WAVE[10] ?? 0) / 1000, 5);
  expect(recording.patient).toMatchObject({ name: 'Ann Jürgens', birthDate: '1957-03-02', ageYears: 62 });
  expect(recording).toMatchObject({
    startTime: '2020-01-31T10:20:30',
    device: 'Watch6,2',
    deviceStatements: ['Sinus'],
  });
  expect(recording.warnings).toEqual([]);
});
