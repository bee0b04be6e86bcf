import { describe, expect, test } from 'vitest';
import { LEADS } from '../ecg';
import { allSamples, errorOf, openOne, textFile, warningCodes } from './testing/opened';

const open = (text: string, options = {}) => openOne([textFile('a.xml', text)], options);
const base64 = (values: readonly number[]) =>
  btoa(String.fromCharCode(...new Uint8Array(Int16Array.from(values).buffer)));

describe('Schiller XML', () => {
  const wave = (
    type: string,
    data: string,
    exponent = '1',
  ) => `<wavedata><type>${type}</type><resolution><samplerate><exponent>${exponent}</exponent>
    <value>500</value></samplerate><yres><unitperbit>2.5</unitperbit><units>UV</units></yres></resolution>
    <channel><annotation_lead><name>Q_DUR</name><value>0</value></annotation_lead><name>AVR</name><data>${data}</data></channel></wavedata>`;
  const file = (
    waves: string,
  ) => `<com.xiriuz.sema.xml.schillerEDI.SchillerEDI><patdata><id>7</id><lastname>Bear</lastname><birthdate>19500101</birthdate><gender>FEMALE</gender></patdata>
    <examdescript><startdatetime><date>20060502</date><time>140610000</time></startdatetime><aquiringdevice><hardware><vendor>Schiller</vendor><model>AT-110</model></hardware></aquiringdevice></examdescript>
    <eventdata><event>${waves}<annotation_global><name>PQ</name><value>214</value></annotation_global><annotation_global><name>HR</name><value> -</value></annotation_global>
    <filters_data><filter><name>MAINS</name><value>-</value></filter><filter><name>HIGHPASS_CUTOFF_FREQ</name><value>0.05</value></filter></filters_data>
    <textdata><type>INTERPRETATION</type><textdata>Sinus rhythm\nNormal</textdata></textdata></event></eventdata></com.xiriuz.sema.xml.schillerEDI.SchillerEDI>`;

  test('the rhythm, its scale, patient, measurements and statements', async () => {
    const recording = await open(file(wave('ECG_AVERAGES', '9,9,9') + wave('ECG_RHYTHMS', '400,-800,')));
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([[1, -2]]);
    expect(recording).toMatchObject({
      startTime: '2006-05-02T14:06:10',
      device: 'Schiller AT-110',
      patient: { id: '7', name: 'Bear', birthDate: '1950-01-01', ageYears: 56, sex: 'female' },
      deviceMeasurements: { heartRateBpm: null, prMs: 214, qrsMs: null, qtMs: null },
      deviceStatements: ['Sinus rhythm', 'Normal'],
      filters: { highPassHz: 0.05, lowPassHz: null, notchHz: null },
    });
    expect(recording.channels).toMatchObject([{ lead: 'aVR', samplingRateHz: 500, unit: 'mV' }]);
    expect(warningCodes(recording)).toEqual(['PART_SHOWN']);
    expect(warningCodes(await open(file(wave('ECG_RHYTHMS', '1,2', '2'))))).toEqual(['RATE_ASSUMED']);
    await errorOf([textFile('a.xml', file(''))], 'CORRUPT_FILE');
  });
});

describe('CardioSoft XML', () => {
  const header = '<SampleRate units="Hz">2</SampleRate><Resolution units="uVperLsb">5</Resolution>';
  const strip = `<StripData>${header}<WaveformData lead="I">200,-400</WaveformData><WaveformData lead="II">0,1</WaveformData></StripData>`;
  const disclosure = `<FullDisclosure>${header}<LeadOrder>I, II</LeadOrder><FullDisclosureData>200,400,600,800,\n1000,2000<SampleCountTotal>6</SampleCountTotal></FullDisclosureData></FullDisclosure>`;
  const file = (
    body: string,
  ) => `<CardiologyXML><ObservationDateTime><Hour>9</Hour><Minute>5</Minute><Second>1</Second><Day>2</Day><Month>3</Month><Year>2001</Year></ObservationDateTime>
    <PatientInfo><PID>7</PID><Name><FamilyName>Bear</FamilyName><GivenName>Ann</GivenName></Name><Age units="YEARS">44</Age><Gender>FEMALE</Gender></PatientInfo>
    <FilterSetting><Filter50Hz>Yes</Filter50Hz><Filter60Hz>No</Filter60Hz><LowPass units="Hz">100</LowPass><HighPass units="Hz">0.01</HighPass></FilterSetting>
    <Interpretation><Conclusion><ConclusionText>Normal</ConclusionText></Conclusion></Interpretation>
    <RestingECGMeasurements><VentricularRate units="BPM">75</VentricularRate></RestingECGMeasurements>${body}</CardiologyXML>`;

  test('the strip is shown before the full disclosure', async () => {
    const recording = await open(file(strip + disclosure));
    expect((await allSamples(recording)).map((samples) => samples[0])).toEqual([1, 0]);
    expect(recording).toMatchObject({
      startTime: '2001-03-02T09:05:01',
      patient: { id: '7', name: 'Ann Bear', ageYears: 44, sex: 'female' },
      deviceMeasurements: { heartRateBpm: 75 },
      deviceStatements: ['Normal'],
      filters: { highPassHz: 0.01, lowPassHz: 100, notchHz: 50 },
    });
    expect(warningCodes(recording)).toEqual(['PART_SHOWN']);
  });

  test('a disclosure goes second by second through the leads', async () => {
    const recording = await open(file(disclosure));
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
      [1, 2, 5],
      [3, 4, 10],
    ]);
    await errorOf([textFile('a.xml', file(''))], 'CORRUPT_FILE');
  });
});

describe('Mortara XML', () => {
  const file = (
    attributes: string,
  ) => `<?xml version="1.0"?><ECG ACQUISITION_TIME="20110203040506"><SUBJECT ID="7" LAST_NAME="Bear" FIRST_NAME="Ann" AGE="44" GENDER="Female"/>
    <SOURCE MANUFACTURER="Mortara Instrument, Inc." MODEL="ELI"/><AUTOMATIC_MEASUREMENTS VENT_RATE="75" QRS_DURATION="90"/>
    <CHANNEL NAME="I" SAMPLE_FREQ="500" BITS="16" FORMAT="SIGNED" ENCODING="BASE64" ${attributes} DATA="${base64([200, -400])}"/></ECG>`;

  test('channels in attributes', async () => {
    const recording = await open(file('UNITS_PER_MV="200"'));
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([[1, -2]]);
    expect(recording).toMatchObject({
      startTime: '2011-02-03T04:05:06',
      patient: { id: '7', name: 'Ann Bear', ageYears: 44, sex: 'female' },
      deviceMeasurements: { heartRateBpm: 75, qrsMs: 90 },
    });
    expect(warningCodes(await open(file('')))).toEqual(['NO_ABSOLUTE_VOLTAGE']);
    await errorOf([textFile('a.xml', file('UNITS_PER_MV="200"').replace('BITS="16"', 'BITS="12"'))], 'CORRUPT_FILE');
  });

  test("age and rate at the root, the device's beat with a rate and scale of its own", async () => {
    const cycle = `<TYPICAL_CYCLE PR_DURATION="163" QT="456" SAMPLE_FREQ="250" UNITS_PER_MV="100" FORMAT="signed"><TYPICAL_CYCLE_CHANNEL NAME="I" DATA="${base64([50, -100])}"/></TYPICAL_CYCLE></ECG>`;
    const whole = file('UNITS_PER_MV="200" ')
      .replace('<ECG ', '<ECG VENT_RATE="60" AGE="3" AGE_UNITS="M" ')
      .replace('</ECG>', cycle);
    const recording = await open(whole);
    expect(recording).toMatchObject({
      patient: { ageYears: 0.25 },
      deviceMeasurements: { heartRateBpm: 75, prMs: 163, qrsMs: 90, qtMs: 456 },
    });
    expect(recording.deviceBeat).toEqual([{ lead: 'I', samplingRateHz: 250, samples: Float32Array.of(0.5, -1) }]);
    expect(recording.warnings).toEqual([]);
    const noRate = await open(whole.replace('SAMPLE_FREQ="250"', ''));
    expect(noRate.deviceBeat).toBeUndefined();
  });

  test('a patient in numbered fields', async () => {
    const fields = [
      ['1', 'Bear'],
      ['7', 'Ann'],
      ['2', '7'],
      ['4', 'F'],
      ['16', '1970-02-03'],
    ].map(([id, value]) => `<DEMOGRAPHIC_FIELD ID="${id}" VALUE="${value}"/>`);
    const recording = await open(
      file('UNITS_PER_MV="200"').replace(
        /<SUBJECT[^>]*>/,
        `<DEMOGRAPHIC_FIELDS>${fields.join('')}</DEMOGRAPHIC_FIELDS>`,
      ),
    );
    expect(recording.patient).toMatchObject({
      id: '7',
      name: 'Ann Bear',
      birthDate: '1970-02-03',
      ageYears: 41,
      sex: 'female',
    });
  });
});

describe('MUSE text export', () => {
  const file = (rows: number, columns = 12, written = rows) =>
    `\n\nRhythm signal: ${rows} X ${columns}\n\n${Array.from({ length: written }, (_, i) => Array.from({ length: columns }, (_, c) => i + c).join(' ')).join('\n')}\n`;

  test('rate, unit and leads are assumed and said so', async () => {
    const recording = await open(file(5000));
    expect(recording.channels.map(({ lead, samplingRateHz }) => [lead, samplingRateHz])).toEqual(
      LEADS.map((lead) => [lead, 500]),
    );
    expect(warningCodes(recording)).toEqual(['LEAD_RENAMED', 'RATE_ASSUMED', 'UNIT_ASSUMED']);
    expect((await allSamples(recording))[2]?.[1]).toBeCloseTo(0.003, 7);
    expect(warningCodes(await open(file(2500, 8), { rateHz: 250, unit: 'mV' }))).toEqual(['LEAD_RENAMED']);
    expect(warningCodes(await open(file(2500, 8, 2000)))).toContain('LENGTH_FROM_DATA');
  });

  test('a length of no known rate asks; another number of columns cannot be read', async () => {
    await errorOf([textFile('a.txt', file(777))], 'NEEDS_INPUT');
    await errorOf([textFile('a.txt', file(5000, 3))], 'CORRUPT_FILE');
  });
});
