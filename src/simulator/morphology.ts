import type { DipoleEvent, Vector, WaveName } from './dipole';

/**
 * The dipole events of one beat at a heart rate of 60 bpm, in ms and mV, and how they look in the leads through Dower's matrix.
 *
 * Set by eye against textbook tracings (Surawicz and Knilans, Chou's Electrocardiography, 2008) and the amplitudes of normal ECGs
 * (Rijnbeek et al. 2014): P 0.1 mV in II, R 1.2 mV in V5, S 1 mV in V1, T 0.3 mV in II.
 */
export type Morphology = readonly DipoleEvent[];

const event = (wave: WaveName, centreMs: number, sigmaMs: number | readonly [number, number], vector: Vector) => {
  const [rise, fall] = typeof sigmaMs === 'number' ? [sigmaMs, sigmaMs] : sigmaMs;
  return { wave, centreS: centreMs / 1000, riseS: rise / 1000, fallS: fall / 1000, vector } satisfies DipoleEvent;
};

/** Right atrium first, towards the front; left atrium after, towards the back: biphasic in V1. */
const P: Morphology = [event('p', -168, 17, [0.045, 0.075, -0.055]), event('p', -140, 18, [0.06, 0.065, 0.05])];

/** Septum towards right and front; main wall left, down and back; base up, right and back. */
const SEPTUM = event('qrs', -26, 7, [-0.16, -0.06, -0.27]);
const WALL = event('qrs', 0, 10, [1.02, 0.82, 0.32]);
const POSTERIOR_WALL = event('qrs', 10, 10, [0.32, 0.02, 0.58]);
const BASE = event('qrs', 28, 9, [-0.14, -0.16, 0.22]);

const QRS: Morphology = [SEPTUM, WALL, POSTERIOR_WALL, BASE];

const T = event('t', 268, [58, 38], [0.27, 0.24, -0.2]);

export const NORMAL: Morphology = [...P, ...QRS, T];

/** Without P: conducted beats of atrial fibrillation. */
export const WITHOUT_P: Morphology = [...QRS, T];

/** PR 260 ms. */
export const FIRST_DEGREE_BLOCK: Morphology = [...P.map((e) => ({ ...e, centreS: e.centreS - 0.1 })), ...QRS, T];

/** The septum from right to left, then a slow left wall: no q in I and V6, notched broad R there, rS or QS in V1 to V3, discordant T. */
export const LBBB: Morphology = [
  ...P,
  event('qrs', -36, 13, [0.26, 0.12, 0.1]),
  event('qrs', -6, 20, [0.8, 0.42, 1.02]),
  event('qrs', 42, 21, [0.98, 0.08, 0.62]),
  event('st', 130, [40, 50], [-0.14, -0.03, -0.17]),
  event('t', 292, [66, 44], [-0.38, -0.1, -0.34]),
];

/** A normal left ventricle, then the right one late and slow: rsR' in V1, broad S in I and V6, T inverted in V1 and V2. */
export const RBBB: Morphology = [
  ...P,
  SEPTUM,
  event('qrs', 0, 10, [0.98, 0.82, 0.16]),
  event('qrs', 9, 9, [0.15, 0, 0.24]),
  event('qrs', 52, [16, 19], [-0.46, -0.12, -0.64]),
  event('st', 130, 40, [0.02, 0, 0.06]),
  event('t', 282, [58, 40], [0.28, 0.2, 0.14]),
];

/** High voltage to the left and back, ST depression and inverted T in the lateral leads (strain). */
export const LVH: Morphology = [
  ...P.map((e, n) => (n === 1 ? { ...e, vector: [0.085, 0.06, 0.1] as const } : e)),
  event('qrs', -28, 7, [-0.2, -0.06, -0.3]),
  event('qrs', 2, 12, [2.1, 0.72, 1.05]),
  event('qrs', 14, 12, [0.3, -0.12, 1.1]),
  event('qrs', 34, 10, [-0.1, -0.16, 0.25]),
  event('st', 140, [45, 55], [-0.13, -0.04, -0.09]),
  event('t', 276, [60, 36], [-0.3, -0.12, -0.3]),
];

/** Old inferior infarction: broad Q and inverted T in II, III and aVF. */
export const INFERIOR_INFARCT: Morphology = [
  ...P,
  event('qrs', -28, 11, [0.02, -0.62, -0.2]),
  event('qrs', 2, 10, [1.0, 0.52, 0.34]),
  POSTERIOR_WALL,
  event('qrs', 28, 9, [-0.14, -0.02, 0.22]),
  event('st', 140, 50, [0, 0.02, 0]),
  event('t', 272, [50, 40], [0.3, -0.24, -0.2]),
];

/** Old anterior infarction: QS in V1 to V3, Q in V4, inverted T in V2 to V5. */
export const ANTERIOR_INFARCT: Morphology = [
  ...P,
  event('qrs', -24, 11, [-0.3, 0.02, 0.5]),
  event('qrs', 2, 10, [0.95, 0.7, 0.62]),
  event('qrs', 12, 10, [0.06, 0, 0.5]),
  BASE,
  event('st', 140, 50, [0.02, 0, -0.05]),
  event('t', 272, [50, 40], [-0.05, 0.12, 0.3]),
];

/** Acute inferior infarction: ST elevation in II, III and aVF (III above II), depression in I and aVL. */
export const INFERIOR_STEMI: Morphology = [
  ...P,
  event('qrs', -27, 9, [-0.06, -0.3, -0.2]),
  WALL,
  POSTERIOR_WALL,
  event('st', 95, [40, 70], [-0.11, 0.24, 0.02]),
  event('st', 180, 60, [-0.07, 0.2, 0.02]),
  event('t', 268, [60, 42], [0.05, 0.42, -0.06]),
];

/** Acute anterior infarction: ST elevation in V1 to V5 running into a high T. */
export const ANTERIOR_STEMI: Morphology = [
  ...P,
  event('qrs', -26, 8, [-0.14, 0, 0.1]),
  event('qrs', 0, 10, [0.85, 0.68, 0.4]),
  event('qrs', 11, 10, [0.1, 0, 0.5]),
  event('st', 95, [40, 70], [0.08, -0.1, -0.2]),
  event('st', 180, 60, [0.08, -0.08, -0.2]),
  event('t', 268, [60, 42], [0.3, 0.06, -0.44]),
];

/** From the right ventricle's outflow: broad, like LBBB with an inferior axis, discordant T, no P. */
export const PVC: Morphology = [
  event('qrs', -42, 15, [0.16, 0.4, 0.08]),
  event('qrs', 0, 21, [0.8, 1.4, 1.15]),
  event('qrs', 40, 19, [0.42, 0.16, 0.62]),
  event('st', 150, [45, 60], [-0.12, -0.16, -0.2]),
  event('t', 296, [66, 46], [-0.28, -0.44, -0.44]),
];

/**
 * The events of a beat whose RR interval is `rrS`: QT follows its cube root (Fridericia 1920), PR its fourth root, QRS stays.
 */
export function atRr(morphology: Morphology, rrS: number): Morphology {
  const rr = Math.max(0.3, Math.min(1.8, rrS));
  const repolarisation = Math.cbrt(rr);
  const conduction = rr ** 0.25;
  return morphology.map((e) => {
    if (e.wave === 'qrs') return e;
    if (e.wave === 'p') return { ...e, centreS: e.centreS * conduction };
    return {
      ...e,
      centreS: e.centreS * repolarisation,
      riseS: e.riseS * repolarisation,
      fallS: e.fallS * repolarisation,
    };
  });
}
