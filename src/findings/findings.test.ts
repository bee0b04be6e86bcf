import { expect, test } from 'vitest';
import { type Label, LEADS, type Measurements, type ModelCard, type Quality } from '../ecg';
import { NO_WAVES } from '../waves';
import { alerts } from './alerts';
import { meanEntropy } from './doubt';
import { type Circumstances, leadRanges, statements } from './statements';

const label = (code: string, more: Partial<Label> = {}): Label => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: code,
  group: 'rhythm',
  requiredLeads: [],
  calibration: { slope: 1, intercept: 0 },
  threshold: 0.4,
  operatingPoint: 'balanced',
  setOn: '',
  positives: 50,
  ...more,
});

const card = {
  labels: [label('AFIB'), label('CLBBB', { requiredLeads: ['I', 'V1', 'V6'] })],
  input: {
    samplingRateHz: 250,
    lengths: [2.5, 10],
    minSamplingRateHz: 100,
    age: { minYears: 18, maxYears: 90, scaleYears: 100 },
  },
} as unknown as ModelCard;

const good: Quality = { acceptable: true, score: 1, leads: [], reason: null, chaotic: false };
const adult: Circumstances = {
  ageYears: 60,
  quality: good,
  leads: LEADS,
  durationS: 10,
  samplingRateHz: 500,
  exchange: null,
  refusal: null,
};

test('a probability at its threshold is present, below it absent', () => {
  expect(statements(card, [0.4, 0.399], adult).map(({ status }) => status)).toEqual(['present', 'absent']);
});

test('an ECG of which the network is unsure as a whole gets no statement, unless leads are missing anyway', () => {
  const doubt = {
    score: 'mean-entropy-bits',
    above: 0.9,
    coverage: 0.98,
    wrongBelow: 0.1,
    wrongAbove: 0.4,
    setOn: '',
  } as const;
  const careful = { ...card, doubt };
  for (const finding of statements(careful, [0.5, 0.45], adult)) {
    expect(finding).toMatchObject({ status: 'notAssessed', probability: null });
    expect(finding.reason).toMatch(/^not interpretable: the network is unsure/);
  }
  expect(statements(careful, [0.9, 0.1], adult).map(({ status }) => status)).toEqual(['present', 'absent']);
  expect(statements(careful, [0.5, 0.5], { ...adult, leads: ['I'] })[0]?.status).toBe('present');
});

test('the entropy is that of the training', () => {
  expect(meanEntropy([0.5, 0.5])).toBe(1);
  expect(meanEntropy([0.01, 0.9])).toBeCloseTo((0.080793 + 0.468996) / 2, 5);
  expect(meanEntropy([0, 1])).toBeLessThan(1e-4);
});

test('a statement whose leads were not recorded is not assessed, the others are', () => {
  const [afib, clbbb] = statements(card, [0.9, 0.9], { ...adult, leads: ['I', 'II', 'III'] });
  expect(afib).toMatchObject({ status: 'present', probability: 0.9, reason: null });
  expect(clbbb).toMatchObject({ status: 'notAssessed', probability: null, reason: 'leads V1, V6 missing' });
});

test.each<[string, Partial<Circumstances>, RegExp]>([
  ['a child', { ageYears: 17 }, /under 18 years/],
  [
    'poor quality',
    { quality: { ...good, acceptable: false, reason: 'all leads are flat' } },
    /^not interpretable: all leads are flat$/,
  ],
  ['a low rate', { samplingRateHz: 50 }, /under 100 Hz/],
  ['a short recording', { durationS: 2.4 }, /shorter than 2.5 s/],
  ['what the network refused', { refusal: { text: 'no lead is fast enough' } }, /^no lead is fast enough$/],
  ['no lead at all', { leads: [] }, /no standard lead/],
])('nothing is assessed for %s, and the reason is given', (_, change, reason) => {
  for (const finding of statements(card, [0.9, 0.9], { ...adult, ...change })) {
    expect(finding.status).toBe('notAssessed');
    expect(finding.probability).toBeNull();
    expect(finding.reason).toMatch(reason);
  }
});

test('exchanged electrodes withhold infarction alone, with the reason', () => {
  const labels = [label('IMI', { group: 'infarction' }), label('MI', { group: 'superclass' }), label('AFIB')];
  const told = statements({ ...card, labels }, [0.9, 0.9, 0.9], { ...adult, exchange: { text: 'arms' } });
  expect(told.map(({ status, reason }) => [status, reason])).toEqual([
    ['notAssessed', 'arms'],
    ['notAssessed', 'arms'],
    ['present', null],
  ]);
});

test('an unknown age is assessed', () => {
  expect(statements(card, [0.9, 0.9], { ...adult, ageYears: null })[0]?.status).toBe('present');
});

test('without probabilities nothing is invented', () => {
  expect(statements(card, null, adult).every(({ status }) => status === 'notAssessed')).toBe(true);
});

test('leads are listed as a person would', () => {
  expect(leadRanges(['V1', 'V2', 'V3', 'V6', 'II'])).toBe('II, V1–V3, V6');
  expect(leadRanges(LEADS.slice(6))).toBe('V1–V6');
});

const rate = (heartRateBpm: number | null): Measurements => ({ ...NO_WAVES.measurements, heartRateBpm });

test.each<[number | null, string[]]>([
  [39.6, ['RATE_LOW']],
  [40, []],
  [150, []],
  [151, ['RATE_HIGH']],
  [null, []],
])('a rate of %s bpm alerts %j', (bpm, codes) => {
  expect(alerts(rate(bpm), null, good).map(({ code }) => code)).toEqual(codes);
});

test('a pause of three seconds alerts with its length and place', () => {
  const pause = (lengthS: number) => alerts(rate(60), { startS: 2, lengthS }, good);
  expect(pause(3)).toMatchObject([{ code: 'PAUSE', message: 'No beat for 3.0 s from 2.0 s on.' }]);
  expect(pause(2.99)).toEqual([]);
});

test('chaos in all leads says to look at the patient, and no rate is quoted beside it', () => {
  expect(alerts(rate(300), null, { ...good, acceptable: false, chaotic: true })).toMatchObject([
    { code: 'NO_RHYTHM', message: 'Artefact, asystole or ventricular fibrillation: look at the patient.' },
  ]);
});
