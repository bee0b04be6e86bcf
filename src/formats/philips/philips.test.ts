import { describe, expect, test } from 'vitest';
import { LEADS } from '../../ecg';
import { allSamples, errorOf, openOne, textFile, warningCodes } from '../testing/opened';
import { decodeXli, restoreLimbLeads } from './xli';

/** LZW in codes of 10 bits, as strings of bits: another way than the reader's. */
function compress(bytes: readonly number[]): number[] {
  const table = new Map(Array.from({ length: 256 }, (_, byte): [string, number] => [String(byte), byte]));
  const codes: number[] = [];
  let word = '';
  for (const byte of bytes) {
    const longer = word === '' ? String(byte) : `${word},${byte}`;
    if (!table.has(longer)) {
      codes.push(table.get(word) ?? 0);
      if (table.size <= 1022) table.set(longer, table.size);
      word = String(byte);
    } else word = longer;
  }
  codes.push(table.get(word) ?? 0, 1023);
  const bits = codes.map((code) => code.toString(2).padStart(10, '0')).join('');
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

/** A lead as a chunk of XLI. */
function chunk(samples: readonly number[]): number[] {
  const at = (i: number) => samples[i] ?? 0;
  const difference = (i: number) => 2 * at(i - 1) - at(i - 2) - at(i);
  const codes = samples.map((value, i) => (i < 2 ? value : i + 1 < samples.length ? difference(i + 1) + 64 : 64));
  const packed = compress([...codes.map((code) => (code >> 8) & 255), ...codes.map((code) => code & 255)]);
  return [
    ...new Uint8Array(new Int32Array([packed.length]).buffer),
    1,
    0,
    ...new Uint8Array(new Int16Array([difference(2)]).buffer),
    ...packed,
  ];
}

const PULSE = [...Array(50).fill(0), ...Array(100).fill(200), ...Array(50).fill(0)];
const wave = (phase: number) => Array.from({ length: 1000 }, (_, i) => Math.round(300 * Math.sin(i / 17 + phase)));

/** The leads as stored: I, II, the V leads, and of III to aVF what is left of their prediction, which is here nothing. */
function stored(ending: readonly number[] = PULSE): number[][] {
  const one = [...wave(0), ...ending];
  const two = [...wave(1), ...ending];
  const three = [...Array(1000).fill(0), ...ending.map((value) => -value)];
  const aVR = [...Array(1000).fill(0), ...ending.map((value) => -2 * value)];
  const aVL = [...Array(1000).fill(0), ...ending.map((value) => -value)];
  const aVF = [...Array(1000).fill(0), ...ending.map(() => 0)];
  const chest = LEADS.slice(6).map((_, i) => [...wave(i + 2), ...ending]);
  return [one, two, three, aVR, aVL, aVF, ...chest];
}

function base64(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes.map((byte) => byte & 255)));
}

function file({
  data = base64(stored().flatMap(chunk)),
  attributes = 'compressflag="True" compressmethod="XLI"',
  type = 'SierraECG',
  duration = 2400,
  band = '',
} = {}) {
  return `<?xml version="1.0"?><restingecgdata xmlns="http://www3.medical.philips.com"><documentinfo><documenttype>${type}</documenttype>
    <documentversion>1.03</documentversion></documentinfo><reportinfo><reportbandwidth><highpassfiltersetting>0.15</highpassfiltersetting>
    <lowpassfiltersetting>100</lowpassfiltersetting><notchfiltersetting>60</notchfiltersetting></reportbandwidth></reportinfo><dataacquisition date="2011-12-01" time="07:27:34"><machine>PageWriter</machine>
    <signalcharacteristics><samplingrate>500</samplingrate><signalresolution>5</signalresolution><numberchannelsallocated>12</numberchannelsallocated>${band}</signalcharacteristics></dataacquisition>
    <patient><generalpatientdata><patientid>7</patientid><name><lastname>Bear</lastname><firstname>Ann</firstname></name><age><dateofbirth>1950-01-01</dateofbirth></age><sex>Female</sex></generalpatientdata></patient>
    <interpretations><interpretation><interpretationmeasurements><heartrate>41</heartrate><meanprint>Failed</meanprint><meanqrsdur>135</meanqrsdur></interpretationmeasurements>
    <statement><leftstatement>Sinus bradycardia</leftstatement><rightstatement>rate&lt; 50</rightstatement></statement></interpretation></interpretations>
    <waveforms><parsedwaveforms ${attributes} dataencoding="Base64" durationperchannel="${duration}">${data}</parsedwaveforms></waveforms></restingecgdata>`;
}

describe('Philips XML', () => {
  test('XLI gives the samples back, whatever they are', () => {
    const samples = Array.from({ length: 3000 }, (_, i) => Math.round(900 * Math.sin(i / 9) + ((i * 7919) % 13)));
    const bytes = Uint8Array.from([...chunk(samples), ...chunk(wave(0))]);
    expect(decodeXli(bytes, 3000, 2, 'a').map((lead) => [...lead])).toEqual([samples, wave(0)]);
  });

  test("a PageWriter TC's measurements: those of the last interpretation before the program's", async () => {
    const written = (rate: number) =>
      `<interpretation><globalmeasurements><heartrate>${rate}</heartrate><print>160</print><qrsdur>90</qrsdur></globalmeasurements></interpretation>`;
    const program =
      '<internalmeasurements><crossleadmeasurements><meanventrate>70</meanventrate><meanqtint>352</meanqtint><print>99</print></crossleadmeasurements></internalmeasurements>';
    const text = file().replace(
      /<interpretations>.*<\/interpretations>/s,
      `<interpretations>${written(71)}${written(72)}</interpretations>${program}`,
    );
    const { deviceMeasurements } = await openOne([textFile('a.xml', text)]);
    expect(deviceMeasurements).toEqual({ heartRateBpm: 72, prMs: 160, qrsMs: 90, qtMs: 352 });
  });

  test('a claim of more samples than the chunk can hold costs no memory', () => {
    const [lead] = decodeXli(Uint8Array.from(chunk(wave(0))), 1e12, 1, 'a');
    expect(lead?.length).toBe(1000);
    expect([...(lead ?? [])]).toEqual(wave(0));
  });

  test('XLI is as long as it is, whatever length the file states', async () => {
    const recording = await openOne([textFile('a.xml', file({ duration: 1700 }))]);
    expect(recording.channels[0]?.sampleCount).toBe(1000);
    const [first] = await allSamples(recording);
    expect(first).toEqual(Float32Array.from(wave(0), (value) => (value * 5) / 1000));
  });

  test('limb leads come back from what is left of their prediction', () => {
    const leads = [[3], [8], [1], [0], [0], [2]].map((values) => Int32Array.from(values));
    restoreLimbLeads(leads);
    expect(leads.map(([value]) => value)).toEqual([3, 8, 4, -5, -1, 4]);
  });

  test('twelve leads without the pulse; patient, measurements, statements', async () => {
    const recording = await openOne([textFile('a.xml', file())]);
    expect(recording.channels.map(({ lead }) => lead)).toEqual([...LEADS]);
    expect(recording).toMatchObject({
      durationS: 2,
      startTime: '2011-12-01T07:27:34',
      device: 'Philips PageWriter',
      patient: { id: '7', name: 'Ann Bear', birthDate: '1950-01-01', ageYears: 61, sex: 'female' },
      deviceMeasurements: { heartRateBpm: 41, prMs: null, qrsMs: 135, qtMs: null },
      deviceStatements: ['Sinus bradycardia — rate< 50'],
    });
    expect(warningCodes(recording)).toEqual(['PART_SHOWN']);
    const [one, two, three] = await allSamples(recording);
    expect(one).toEqual(Float32Array.from(wave(0), (value) => value * 5 * 1e-3 + 0));
    expect(three?.[500]).toBeCloseTo((two?.[500] ?? 0) - (one?.[500] ?? 0), 6);
  });

  test("filters: the signal's band, and the report's where the waveforms are flagged as filtered", async () => {
    const said = async (band: string, more = '') => {
      const attributes = `compressflag="True" compressmethod="XLI" ${more}`;
      return (await openOne([textFile('a.xml', file({ band, attributes }))])).filters;
    };
    const stored = { highPassHz: 0.05, lowPassHz: 150, notchHz: null };
    expect(await said('<signalbandwidth>0.05-150</signalbandwidth>')).toEqual(stored);
    expect(await said('<hipass>0.05</hipass><lowpass>150</lowpass><notchfiltered>False</notchfiltered>')).toEqual(
      stored,
    );
    const printed = { highPassHz: 0.15, lowPassHz: 100, notchHz: 60 };
    expect(await said('<signalbandwidth>0.05-150</signalbandwidth>', 'filterflag="True"')).toEqual(printed);
    expect(await said('')).toBeNull();
  });

  test('without a pulse nothing is cut; uncompressed base64 is read as it stands', async () => {
    const plain = await openOne([textFile('a.xml', file({ data: base64(stored([]).flatMap(chunk)), duration: 2000 }))]);
    expect(plain).toMatchObject({ durationS: 2, warnings: [] });
    const words = stored([]).flatMap((lead) => [...new Uint8Array(Int16Array.from(lead).buffer)]);
    const raw = await openOne([
      textFile('a.xml', file({ data: base64(words), attributes: 'compressflag="False"', duration: 2000 })),
    ]);
    expect((await allSamples(raw))[11]).toEqual(Float32Array.from(wave(7), (value) => value * 5 * 1e-3 + 0));
  });

  test('errors: another document, another compression, a chunk beyond the data, no base64', async () => {
    await errorOf([textFile('a.xml', file({ type: 'MortaraECG' }))], 'UNSUPPORTED_FORMAT');
    await errorOf([textFile('a.xml', file({ attributes: 'compression="ZIP"' }))], 'UNSUPPORTED_FORMAT');
    await errorOf([textFile('a.xml', file({ data: base64([255, 255, 0, 0, 1, 0, 0, 0, 9]) }))], 'CORRUPT_FILE');
    await errorOf([textFile('a.xml', file({ data: '!' }))], 'CORRUPT_FILE');
    await errorOf([textFile('a.xml', file().replace(/<waveforms>.*<\/waveforms>/s, ''))], 'CORRUPT_FILE');
  });
});
