import * as shape from './morphology';
import type { Rhythm } from './rhythm';

/** What one scenario is made of. */
export interface Recipe {
  readonly rhythm: Rhythm;
  readonly rateBpm: number;
  /** Conducted beats. */
  readonly morphology: shape.Morphology;
  /** What runs under the beats. */
  readonly background: 'none' | 'atrial-fibrillation' | 'ventricular-fibrillation';
}

/** RR varies by 3 % of its mean, LF/HF 0.5 (McSharry et al. 2003). */
const SINUS: Rhythm = { kind: 'sinus', variation: 0.03, lfToHf: 0.5 };

const sinus = (rateBpm: number, morphology: shape.Morphology = shape.NORMAL): Recipe => ({
  rhythm: SINUS,
  rateBpm,
  morphology,
  background: 'none',
});

/** Every scenario that the simulator knows. */
export const RECIPES = {
  sinus: sinus(66),
  'sinus-bradycardia': sinus(44),
  'sinus-tachycardia': sinus(124),
  /** Breathing moves RR by 13 %: more than 0.12 s between the longest and the shortest. */
  'sinus-arrhythmia': { ...sinus(64), rhythm: { kind: 'sinus', variation: 0.13, lfToHf: 0.1 } },
  'atrial-fibrillation': {
    rhythm: { kind: 'atrial-fibrillation' },
    rateBpm: 92,
    morphology: shape.WITHOUT_P,
    background: 'atrial-fibrillation',
  },
  pvc: { ...sinus(72), rhythm: { kind: 'sinus-with-pvc', variation: 0.02, lfToHf: 0.5 } },
  'first-degree-av-block': sinus(62, shape.FIRST_DEGREE_BLOCK),
  lbbb: sinus(74, shape.LBBB),
  rbbb: sinus(70, shape.RBBB),
  lvh: sinus(72, shape.LVH),
  'inferior-infarct': sinus(68, shape.INFERIOR_INFARCT),
  'anterior-infarct': sinus(76, shape.ANTERIOR_INFARCT),
  'inferior-stemi': sinus(64, shape.INFERIOR_STEMI),
  'anterior-stemi': sinus(88, shape.ANTERIOR_STEMI),
  asystole: { rhythm: { kind: 'none' }, rateBpm: 60, morphology: [], background: 'none' },
  'ventricular-fibrillation': {
    rhythm: { kind: 'none' },
    rateBpm: 60,
    morphology: [],
    background: 'ventricular-fibrillation',
  },
} as const satisfies Readonly<Record<string, Recipe>>;

export type Scenario = keyof typeof RECIPES;
