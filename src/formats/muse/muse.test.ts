import { describe, expect, test } from 'vitest';
import { allSamples, errorOf, openOne, textFile, warningCodes } from '../testing/opened';
import { americanMoment } from './dates';

function base64(values: readonly number[]): string {
  return btoa(String.fromCharCode(...new Uint8Array(Int16Array.from(values).buffer)));
}

function lead(id: string, values: readonly number[], extra = ''): string {
  return `<LeadData><LeadSampleCountTotal>${values.length}</LeadSampleCountTotal>
    <LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits>
    <LeadID>${id}</LeadID><LeadSampleSize>2</LeadSampleSize>${extra}<WaveFormData>\n${base64(values)}\n</WaveFormData></LeadData>`;
}

function file({
  base = '<SampleBase>250</SampleBase><SampleExponent>0</SampleExponent>',
  leads = lead('I', [100, -200, 300]) + lead('II', [1, 2, 3]),
  rest = '',
  doctype = '<!DOCTYPE RestingECG SYSTEM "restecg.dtd">',
} = {}): string {
  return `<?xml version="1.0" encoding="ISO-8859-1"?>${doctype}<RestingECG>${rest}
    <Waveform><WaveformType>Rhythm</WaveformType>${base}${leads}</Waveform></RestingECG>`;
}

const open = (text: string, options = {}) => openOne([textFile('a.xml', text)], options);

describe('MUSE XML', () => {
  test('leads, rate and scale; nothing is added for leads that can be derived', async () => {
    const recording = await open(file());
    expect(recording.channels.map(({ name, unit, samplingRateHz }) => [name, unit, samplingRateHz])).toEqual([
      ['I', 'mV', 250],
      ['II', 'mV', 250],
    ]);
    const [one] = await allSamples(recording);
    expect([...(one ?? [])].map((value) => Number(value.toFixed(6)))).toEqual([0.488, -0.976, 1.464]);
    expect(recording.warnings).toEqual([]);
  });

  test('the longest rhythm is shown before a median beat, which comes with it; one that cannot be read is left out', async () => {
    const median = `<Waveform><WaveformType>Median</WaveformType>${lead('I', [9, 9, 9, 9, 9])}</Waveform>`;
    const recording = await open(file({ rest: median }));
    expect(recording.channels[0]?.sampleCount).toBe(3);
    expect(recording.deviceBeat?.map(({ lead, samples }) => [lead, samples.length])).toEqual([['I', 5]]);
    expect(warningCodes(recording)).toEqual([]);
    const broken = await open(file({ rest: median.replace(/<WaveFormData>[^<]*/, '<WaveFormData>?') }));
    expect(broken.channels[0]?.sampleCount).toBe(3);
    expect(broken.deviceBeat).toBeUndefined();
  });

  test.each([
    ['<SampleBase>5</SampleBase><SampleExponent>2</SampleExponent>', '', 500, []],
    ['<SampleBase>500</SampleBase>', '<ECGSampleBase>0</ECGSampleBase>', 500, []],
    ['<SampleBase>240</SampleBase>', '<ECGSampleBase>250</ECGSampleBase>', 240, ['RATE_ASSUMED']],
    ['', '<ECGSampleBase>250</ECGSampleBase>', 250, ['RATE_ASSUMED']],
  ])('the rate of %s beside %s is %d', async (base, measured, hz, warnings) => {
    const rest = `<RestingECGMeasurements>${measured}</RestingECGMeasurements>`;
    const recording = await open(file({ base, rest }));
    expect(recording.channels[0]?.samplingRateHz).toBe(hz);
    expect(warningCodes(recording)).toEqual(warnings);
  });

  test('a rate that is nowhere is asked for', async () => {
    await errorOf([textFile('a.xml', file({ base: '' }))], 'NEEDS_INPUT');
    expect((await open(file({ base: '' }), { rateHz: 500 })).channels[0]?.samplingRateHz).toBe(500);
  });

  test('patient, time, measurements, and statements that are cut into pieces', async () => {
    const statement = (text: string, end: boolean) =>
      `<DiagnosisStatement>${end ? '<StmtFlag>ENDSLINE</StmtFlag>' : ''}<StmtText>${text}</StmtText></DiagnosisStatement>`;
    const rest = `<PatientDemographics><PatientID>7</PatientID><PatientAge>18</PatientAge><AgeUnits>MONTHS</AgeUnits>
      <Gender>FEMALE</Gender><PatientLastName>B&#228;r &amp; Co</PatientLastName><PatientFirstName>Ann</PatientFirstName></PatientDemographics>
      <TestDemographics><AcquisitionDevice>MAC55</AcquisitionDevice><AcquisitionDate>04-22-2000</AcquisitionDate><AcquisitionTime>11:34:00</AcquisitionTime></TestDemographics>
      <RestingECGMeasurements><VentricularRate>102</VentricularRate><PRInterval>0</PRInterval><QRSDuration>83</QRSDuration><QTInterval>367</QTInterval></RestingECGMeasurements>
      <Diagnosis>${statement('SINUS TACHYCARDIA', false)}${statement('WITH ONE PVC', true)}${statement('ABNORMAL', false)}</Diagnosis>`;
    const recording = await open(file({ rest }));
    expect(recording).toMatchObject({
      startTime: '2000-04-22T11:34:00',
      device: 'GE MAC55',
      patient: { id: '7', name: 'Ann Bär & Co', ageYears: 1.5, sex: 'female', ageOrigin: 'file', sexOrigin: 'file' },
      deviceMeasurements: { heartRateBpm: 102, prMs: null, qrsMs: 83, qtMs: 367 },
      deviceStatements: ['SINUS TACHYCARDIA WITH ONE PVC', 'ABNORMAL'],
    });
  });

  test('filters: the high-pass in hundredths of a hertz', async () => {
    const filters = (high: string, mains: string) =>
      `<HighPassFilter>${high}</HighPassFilter><LowPassFilter>150</LowPassFilter><ACFilter>${mains}</ACFilter>`;
    const base = '<SampleBase>500</SampleBase>';
    const said = async (text: string) => (await open(file({ base: base + text }))).filters;
    expect(await said(filters('16', '60'))).toEqual({ highPassHz: 0.16, lowPassHz: 150, notchHz: 60 });
    expect(await said(filters('NONE', 'NONE'))).toEqual({ highPassHz: null, lowPassHz: 150, notchHz: null });
    expect(await said('')).toBeNull();
  });

  test('where no unit stands it is the microvolt', async () => {
    const recording = await open(file().replaceAll('<LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits>', ''));
    expect((await allSamples(recording))[0]?.[0]).toBeCloseTo(0.488, 6);
    expect(warningCodes(recording)).toEqual(['UNIT_ASSUMED']);
  });

  test('another length than claimed is told; a scale that is missing leaves counts', async () => {
    const short = lead('I', [1, 2]).replace('>2</LeadSampleCountTotal>', '>5000</LeadSampleCountTotal>');
    expect(warningCodes(await open(file({ leads: short })))).toEqual(['LENGTH_FROM_DATA']);
    const bare = lead('I', [1, 2]).replace(/<LeadAmplitudeUnitsPerBit>.*?<\/LeadAmplitudeUnitsPerBit>/, '');
    expect(warningCodes(await open(file({ leads: bare })))).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  });

  test('what is no MUSE file after all', async () => {
    await errorOf([textFile('a.xml', '<RestingECG></RestingECG>')], 'CORRUPT_FILE');
    await errorOf([textFile('a.xml', file({ leads: '' }))], 'CORRUPT_FILE');
    await errorOf(
      [textFile('a.xml', file({ leads: lead('I', [1]).replace(/>\n.*\n</, '>no base64!<') }))],
      'CORRUPT_FILE',
    );
    await errorOf([textFile('a.xml', file().slice(0, -5))], 'TRUNCATED_FILE');
    const bomb = '<!DOCTYPE RestingECG [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    await errorOf([textFile('a.xml', file({ doctype: bomb }))], 'CORRUPT_FILE');
    await errorOf([textFile('a.xml', `<RestingECG>${'<a>'.repeat(5000)}</RestingECG>`)], 'CORRUPT_FILE');
  });

  test('dates with the month first unless that is none', () => {
    expect(americanMoment('03-21-1941', '')).toBe('1941-03-21T00:00:00');
    expect(americanMoment('21-03-1941', '7:05:09')).toBe('1941-03-21T07:05:09');
    expect(americanMoment('22-APR-2000', '')).toBe('2000-04-22T00:00:00');
    expect(americanMoment('', '11:00:00')).toBeNull();
  });
});
