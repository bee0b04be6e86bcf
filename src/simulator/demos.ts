import type { Lead, Sex } from '../ecg';
import type { SimulationOptions } from './index';
import type { Scenario } from './scenarios';

/** One ECG of the gallery: a file made at build time and opened like any drop. */
export interface Demo {
  readonly id: string;
  readonly title: string;
  /** One line: what to look at. */
  readonly description: string;
  readonly scenario: Scenario;
  readonly options: SimulationOptions;
  /** The leads in the file; all twelve where absent. */
  readonly leads?: readonly Lead[];
  readonly ageYears: number;
  readonly sex: Sex;
}

/** What a well-made resting ECG carries: a little muscle noise and breathing. */
const CALM = { muscleDb: 24, wanderDb: 16 } as const;

export const DEMOS: readonly Demo[] = [
  {
    id: 'normal',
    title: 'Sinus rhythm',
    description: 'Sinus rhythm at 66 bpm with normal intervals.',
    scenario: 'sinus',
    options: { seed: 11, noise: CALM },
    ageYears: 38,
    sex: 'female',
  },
  {
    id: 'bradycardia',
    title: 'Sinus bradycardia',
    description: 'Sinus rhythm at 44 bpm.',
    scenario: 'sinus-bradycardia',
    options: { seed: 12, noise: CALM },
    ageYears: 29,
    sex: 'male',
  },
  {
    id: 'tachycardia',
    title: 'Sinus tachycardia',
    description: 'Sinus rhythm at 124 bpm: P close behind the T wave before it.',
    scenario: 'sinus-tachycardia',
    options: { seed: 13, noise: CALM },
    ageYears: 51,
    sex: 'female',
  },
  {
    id: 'atrial-fibrillation',
    title: 'Atrial fibrillation',
    description: 'Irregular RR intervals, no P waves, fibrillatory waves in V1.',
    scenario: 'atrial-fibrillation',
    options: { seed: 14, noise: CALM },
    ageYears: 74,
    sex: 'male',
  },
  {
    id: 'pvc',
    title: 'Ventricular extrasystoles',
    description: 'Broad early beats without P, each followed by a compensatory pause.',
    scenario: 'pvc',
    options: { seed: 15, noise: CALM },
    ageYears: 58,
    sex: 'female',
  },
  {
    id: 'first-degree-av-block',
    title: 'First-degree AV block',
    description: 'Every P is conducted, with a PR interval of about 260 ms.',
    scenario: 'first-degree-av-block',
    options: { seed: 16, noise: CALM },
    ageYears: 69,
    sex: 'male',
  },
  {
    id: 'lbbb',
    title: 'Left bundle branch block',
    description: 'Broad notched R in I, aVL, V5 and V6, deep S in V1 to V3.',
    scenario: 'lbbb',
    options: { seed: 17, noise: CALM },
    ageYears: 71,
    sex: 'female',
  },
  {
    id: 'rbbb',
    title: 'Right bundle branch block',
    description: "rsR' in V1, broad S in I and V6.",
    scenario: 'rbbb',
    options: { seed: 18, noise: CALM },
    ageYears: 66,
    sex: 'male',
  },
  {
    id: 'lvh',
    title: 'Left ventricular hypertrophy',
    description: 'High voltage in V1 to V6 with lateral ST depression and T inversion.',
    scenario: 'lvh',
    options: { seed: 19, noise: CALM },
    ageYears: 62,
    sex: 'male',
  },
  {
    id: 'inferior-infarct',
    title: 'Old inferior infarction',
    description: 'Q waves and inverted T in II, III and aVF.',
    scenario: 'inferior-infarct',
    options: { seed: 20, noise: CALM },
    ageYears: 68,
    sex: 'female',
  },
  {
    id: 'anterior-stemi',
    title: 'Acute anterior infarction',
    description: 'ST elevation in V1 to V5. The network has never seen ST elevation: read the trace.',
    scenario: 'anterior-stemi',
    options: { seed: 21, noise: CALM },
    ageYears: 57,
    sex: 'male',
  },
  {
    id: 'noisy',
    title: 'Sinus rhythm with noise',
    description: 'Muscle noise, mains hum and a wandering baseline; V2 is not connected.',
    scenario: 'sinus',
    options: { seed: 22, rateBpm: 78, noise: { muscleDb: 12, mainsDb: 14, wanderDb: 2 }, flat: ['V2'] },
    ageYears: 45,
    sex: 'male',
  },
  {
    id: 'single-lead',
    title: 'Atrial fibrillation, one lead',
    description: 'Thirty seconds of lead I at 250 Hz, as a hand-held device records it.',
    scenario: 'atrial-fibrillation',
    options: { seed: 23, samplingRateHz: 250, durationS: 30, noise: { muscleDb: 18, wanderDb: 10 } },
    leads: ['I'],
    ageYears: 77,
    sex: 'female',
  },
];
