import { describe, expect, test } from 'vitest';
import { allSamples, errorOf, openOne, textFile, warningCodes } from './testing/opened';

const component = (code: string, data: object) => ({
  code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.24', code, display: code }] },
  valueSampledData: { origin: { value: 0.5, code: 'mV' }, period: 2, factor: 0.001, dimensions: 1, ...data },
});
const observation = (components: readonly object[], rest = {}) => ({
  resourceType: 'Observation',
  effectiveDateTime: '2020-07-01T08:26:58+08:00',
  component: components,
  ...rest,
});
const open = (root: object, options = {}) => openOne([textFile('a.json', JSON.stringify(root))], options);

describe('FHIR Observation', () => {
  test('factor, origin, missing samples, MDC codes as words and numbers', async () => {
    const leads = [component('MDC_ECG_ELEC_POTL_AVR', { data: '500 E -500' }), component('131329', { data: '0 U L' })];
    const recording = await open(observation(leads));
    expect(recording.channels).toMatchObject([
      { lead: 'aVR', samplingRateHz: 500, unit: 'mV' },
      { lead: 'I', samplingRateHz: 500 },
    ]);
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
      [1, Number.NaN, 0],
      [0.5, Number.NaN, Number.NaN],
    ]);
    expect(recording).toMatchObject({ startTime: '2020-07-01T08:26:58', warnings: [] });
  });

  test('a Bundle: patient, measurements in codes of LOINC, conclusion', async () => {
    const heartRate = {
      resourceType: 'Observation',
      code: { coding: [{ code: '8867-4' }] },
      valueQuantity: { value: 61, code: '/min' },
    };
    const bundle = {
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'Patient',
            identifier: [{ value: '7' }],
            name: [{ family: 'Bear', given: ['Ann'] }],
            gender: 'female',
            birthDate: '1950-01-01',
          },
        },
        { resource: heartRate },
        { resource: observation([component('131330', { data: '1 2' })]) },
        { resource: { resourceType: 'DiagnosticReport', conclusion: 'Sinus rhythm' } },
      ],
    };
    expect(await open(bundle)).toMatchObject({
      patient: { id: '7', name: 'Ann Bear', birthDate: '1950-01-01', ageYears: 70, sex: 'female' },
      deviceMeasurements: { heartRateBpm: 61, prMs: null },
      deviceStatements: ['Sinus rhythm'],
    });
  });

  test('R5 has an interval in a unit; without a rate or a plausible unit the reader is asked', async () => {
    const lead = (data: object) => observation([component('131329', { data: '1 900', ...data })]);
    expect((await open(lead({ period: undefined, interval: 4, intervalUnit: 'ms' }))).channels[0]?.samplingRateHz).toBe(
      250,
    );
    const rateless = lead({ period: undefined });
    await errorOf([textFile('a.json', JSON.stringify(rateless))], 'NEEDS_INPUT');
    expect((await open(rateless, { rateHz: 300 })).channels[0]?.samplingRateHz).toBe(300);
    expect(warningCodes(await open(lead({ origin: { value: 0 } })))).toEqual(['UNIT_ASSUMED']);
    const counts = lead({ origin: { value: 0 }, factor: 1 });
    await errorOf([textFile('a.json', JSON.stringify(counts))], 'NEEDS_INPUT');
    expect((await allSamples(await open(counts, { unit: 'uV' })))[0]?.[1]).toBeCloseTo(0.9, 6);
  });

  test('what is no ECG, and what is no JSON', async () => {
    await errorOf([textFile('a.json', '{ "resourceType": "Patient" }')], 'UNSUPPORTED_FORMAT');
    await errorOf([textFile('a.json', '{ "resourceType": "Patient", }')], 'CORRUPT_FILE');
    await errorOf([textFile('a.json', '{ "resourceType": "Patient", "name": "x')], 'TRUNCATED_FILE');
  });
});
