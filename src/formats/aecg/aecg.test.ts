import { describe, expect, test } from 'vitest';
import { LEADS } from '../../ecg';
import { simulate } from '../../simulator';
import { annotation, series, writeAecg } from '../testing/aecg-writer';
import { allSamples, errorOf, openOne, textFile, warningCodes } from '../testing/opened';
import { mdcLead } from './mdc';

const LEAD = (digits: readonly number[], code = 'MDC_ECG_LEAD_II') => ({ code, digits });
const rhythm = (digits: readonly number[]) => series('RHYTHM', [{ rateHz: 500, leads: [LEAD(digits)] }]);

describe('HL7 aECG', () => {
  test('a simulated ECG is written and read back exactly', async () => {
    const simulated = simulate('sinus', { durationS: 10 });
    const scaleUv = 2.5;
    const digits = LEADS.map((lead) => Array.from(simulated.leads[lead], (mv) => Math.round((mv * 1000) / scaleUv)));
    const leads = LEADS.map((lead, i) => ({
      code: `MDC_ECG_LEAD_${lead.toUpperCase()}`,
      digits: digits[i] ?? [],
      scaleUv,
    }));
    const recording = await openOne([writeAecg('sim.xml', [series('RHYTHM', [{ rateHz: 500, leads }])])]);
    expect(recording.channels.map(({ lead }) => lead)).toEqual([...LEADS]);
    expect(recording).toMatchObject({ durationS: 10, startTime: '2020-01-31T10:00:00', warnings: [] });
    for (const [i, samples] of (await allSamples(recording)).entries()) {
      expect(samples).toEqual(Float32Array.from(digits[i] ?? [], (digit) => (digit * scaleUv) / 1000 + 0));
    }
  });

  test('scale and origin, each with a unit; NaN where a digit is none', async () => {
    const lead = { code: 'MDC_ECG_LEAD_V1', digits: [0, 4, Number.NaN], scaleUv: 2.5, originUv: 500 };
    const file = writeAecg('a.xml', [series('RHYTHM', [{ rateHz: 500, leads: [lead] }])]);
    const text = new TextDecoder().decode(await file.read()).replace('value="500" unit="uV"', 'value="0.5" unit="mV"');
    const [samples] = await allSamples(await openOne([textFile('a.xml', text)]));
    expect([...(samples ?? [])].map((value) => Number(value.toFixed(6)))).toEqual([0.5, 0.51, Number.NaN]);
  });

  test('the rhythm is shown before a representative beat, whatever their order; the beat comes with it', async () => {
    const beat = series('REPRESENTATIVE_BEAT', [{ rateHz: 500, leads: [LEAD([1, 2, 3, 4, 5, 6, 7, 8])] }]);
    const recording = await openOne([writeAecg('a.xml', [beat, rhythm([1, 2])])]);
    expect(recording.channels[0]?.sampleCount).toBe(2);
    expect(recording.deviceBeat?.map(({ samplingRateHz, samples }) => [samplingRateHz, samples.length])).toEqual([
      [500, 8],
    ]);
    expect(warningCodes(recording)).toEqual([]);
    expect(warningCodes(await openOne([writeAecg('a.xml', [beat])]))).toEqual(['PART_SHOWN']);
  });

  test('sets of a 3 × 4 report are laid on one time axis with what is missing between them', async () => {
    const set = (code: string, start: string) => ({ rateHz: 2, leads: [LEAD([1000, 2000], code)], start });
    const sets = [set('MDC_ECG_LEAD_I', '20200131100000.000'), set('MDC_ECG_LEAD_V1', '20200131100001.000')];
    const recording = await openOne([writeAecg('a.xml', [series('RHYTHM', sets)])]);
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
      [1, 2],
      [Number.NaN, Number.NaN, 1, 2],
    ]);
    const far = await openOne([
      writeAecg('a.xml', [series('RHYTHM', [...sets, set('MDC_ECG_LEAD_I', '20300131100000')])]),
    ]);
    expect(far.channels.map(({ sampleCount }) => sampleCount)).toEqual([2, 2]);
    expect(warningCodes(far)).toEqual(['PART_SHOWN']);
  });

  test('filters among the control variables; a frequency needs its unit', async () => {
    const variable = (code: string, inside: string) =>
      `<controlVariable><code code="MDC_ECG_CTL_VBL_ATTR_FILTER_${code}"/>${inside}</controlVariable>`;
    const filter = (code: string, of: string, hz: number, unit = 'Hz') => {
      const value = variable(of, `<value xsi:type="PQ" value="${hz}" unit="${unit}"/>`);
      return `<controlVariable>${variable(code, `<component>${value}</component>`)}</controlVariable>`;
    };
    const said = async (...filters: readonly string[]) => {
      const one = series('RHYTHM', [{ rateHz: 500, leads: [LEAD([1, 2])] }], filters.join(''));
      return (await openOne([writeAecg('a.xml', [one])])).filters;
    };
    const all = [filter('LOW_PASS', 'CUTOFF_FREQ', 150), filter('NOTCH', 'NOTCH_FREQ', 60)];
    const high = filter('HIGH_PASS', 'CUTOFF_FREQ', 0.5);
    expect(await said(...all, high)).toEqual({ highPassHz: 0.5, lowPassHz: 150, notchHz: 60 });
    expect(await said(filter('HIGH_PASS', 'CUTOFF_FREQ', 3.2, 's'))).toBeNull();
  });

  test('patient, measurements of the beat before those of single beats, and statements', async () => {
    const notes = (values: readonly number[]) =>
      `<subjectOf><annotationSet>${values.map((value) => annotation('MDC_ECG_TIME_PD_QRS', value, 'ms')).join('')}
        ${annotation('MDC_ECG_INTERPRETATION_STATEMENT', 'Sinus rhythm')}${annotation('MDC_ECG_TIME_PD_RR', 1, 's')}</annotationSet></subjectOf>`;
    const beat = `<derivation>${series('REPRESENTATIVE_BEAT', [{ rateHz: 500, leads: [LEAD([1])] }], notes([96]))
      .replace('<series>', '<derivedSeries>')
      .replace('</series>', '</derivedSeries>')}</derivation>`;
    const one = series('RHYTHM', [{ rateHz: 500, leads: [LEAD([1, 2])] }], notes([120, 90, 110]) + beat);
    const person = '<name>Ann</name><administrativeGenderCode code="F"/><birthTime value="19530508"/>';
    expect(await openOne([writeAecg('a.xml', [one], person)])).toMatchObject({
      patient: { id: 'S-1', name: 'Ann', birthDate: '1953-05-08', ageYears: 66, sex: 'female', ageOrigin: 'file' },
      deviceMeasurements: { heartRateBpm: 60, prMs: null, qrsMs: 96, qtMs: null },
      deviceStatements: ['Sinus rhythm'],
    });
  });

  test("a single lead's values are not the ECG's", async () => {
    const ofLead = `<component><annotation><code code="VENDOR_MATRIX"/><support><supportingROI><component><boundary>
    <code code="MDC_ECG_LEAD_V1"/></boundary></component></supportingROI></support>
    ${annotation('MDC_ECG_TIME_PD_QRS', 120, 'ms')}${annotation('MDC_ECG_TIME_PD_QT', 300, 'ms')}</annotation></component>`;
    const said = `<subjectOf><annotationSet>${annotation('MDC_ECG_TIME_PD_QRS', 90, 'ms')}${ofLead}</annotationSet></subjectOf>`;
    const leads = [{ code: 'I', digits: [1, 2, 3] }];
    const { deviceMeasurements } = await openOne([
      writeAecg('a.xml', [series('RHYTHM', [{ rateHz: 500, leads }], said)]),
    ]);
    expect(deviceMeasurements).toMatchObject({ qrsMs: 90, qtMs: null });
  });

  test('a rate of few digits is the whole number it stands for; without a time axis it is asked for', async () => {
    const text = new TextDecoder().decode(await writeAecg('a.xml', [rhythm([1, 2])]).read());
    const rated = await openOne([textFile('a.xml', text.replace('value="0.002"', 'value="0.00333"'))]);
    expect(rated.channels[0]?.samplingRateHz).toBe(300);
    const timeless = text.replace('TIME_ABSOLUTE', 'TIME_ABSOLUTE_NOT').replace(/<increment[^>]*>/, '');
    await errorOf([textFile('a.xml', timeless)], 'NEEDS_INPUT');
    expect((await openOne([textFile('a.xml', timeless)], { rateHz: 250 })).channels[0]?.samplingRateHz).toBe(250);
    const period =
      '<effectiveTime><low value="20200131100000"/><high value="20200131100002"/></effectiveTime><component>';
    const inferred = await openOne([textFile('a.xml', timeless.replace(/(RHYTHM"[^>]*>)<component>/, `$1${period}`))]);
    expect(inferred.channels[0]?.samplingRateHz).toBe(1);
    expect(warningCodes(inferred)).toEqual(['RATE_ASSUMED']);
  });

  test('UTF-16 without a mark is read; a file without a signal and one that is cut are errors', async () => {
    const file = writeAecg('a.xml', [rhythm([1, 2])], '<name>Bär</name>');
    const text = new TextDecoder().decode(await file.read());
    const wide = Uint8Array.from(
      [...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    );
    const recording = await openOne([{ ...file, size: wide.length, read: async (from, to) => wide.slice(from, to) }]);
    expect(recording.patient.name).toBe('Bär');
    await errorOf([writeAecg('a.xml', [])], 'CORRUPT_FILE');
    await errorOf([textFile('a.xml', text.slice(0, -20))], 'TRUNCATED_FILE');
  });

  test.each([
    ['MDC_ECG_LEAD_AVR', 'AVR'],
    ['MDC_ECG_ELEC_POTL_V3', 'V3'],
    ['131329', 'I'],
    ['131389', 'III'],
    ['131073', 'I'],
    ['Lead I', 'Lead I'],
  ])('lead code %s', (code, name) => {
    expect(mdcLead(code)).toBe(name);
  });
});
