import type { Lead } from '../ecg';

/** Which wave an event belongs to. `st` is a displaced ST segment: part of no wave's boundaries. */
export type WaveName = 'p' | 'qrs' | 'st' | 't';

/** The heart's electric dipole in Frank's axes, mV: x to the left, y to the feet, z to the back. */
export type Vector = readonly [x: number, y: number, z: number];

/** One Gaussian event of the dipole: McSharry et al. 2003 in closed form, its amplitude a vector as in Sameni et al. 2007. */
export interface DipoleEvent {
  readonly wave: WaveName;
  /** Centre, seconds from the beat's reference time. */
  readonly centreS: number;
  /** Standard deviations before and after the centre, seconds: a T wave rises slower than it falls. */
  readonly riseS: number;
  readonly fallS: number;
  /** Dipole at the centre, mV. */
  readonly vector: Vector;
}

/** Beyond so many standard deviations an event is below 1e-5 of its height. */
export const REACH = 4.8;

/** Height of an event, 0 to 1, `timeS` seconds from its centre. */
function eventHeight(event: DipoleEvent, timeS: number): number {
  const sigma = timeS < 0 ? event.riseS : event.fallS;
  return Math.exp(-(timeS * timeS) / (2 * sigma * sigma));
}

/** The eight independent leads of a dipole, mV per mV: Dower, Machado and Osborne 1980. */
const DOWER: Readonly<Record<'I' | 'II' | 'V1' | 'V2' | 'V3' | 'V4' | 'V5' | 'V6', Vector>> = {
  I: [0.632, -0.235, 0.059],
  II: [0.235, 1.066, -0.132],
  V1: [-0.515, 0.157, -0.917],
  V2: [0.044, 0.164, -1.387],
  V3: [0.882, 0.098, -1.277],
  V4: [1.213, 0.127, -0.601],
  V5: [1.125, 0.127, -0.086],
  V6: [0.831, 0.076, 0.23],
};

const combine = (a: number, left: Vector, b: number, right: Vector): Vector => [
  a * left[0] + b * right[0],
  a * left[1] + b * right[1],
  a * left[2] + b * right[2],
];

/** How each of the twelve leads sees the dipole; III and the augmented leads by Einthoven's and Goldberger's identities. */
export const PROJECTION: Readonly<Record<Lead, Vector>> = {
  ...DOWER,
  III: combine(1, DOWER.II, -1, DOWER.I),
  aVR: combine(-0.5, DOWER.I, -0.5, DOWER.II),
  aVL: combine(1, DOWER.I, -0.5, DOWER.II),
  aVF: combine(1, DOWER.II, -0.5, DOWER.I),
};

/** A dipole over time: three columns of equal length, mV. */
export interface DipoleTrack {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

export function emptyTrack(length: number): DipoleTrack {
  return { x: new Float64Array(length), y: new Float64Array(length), z: new Float64Array(length) };
}

/** Adds an event at `timeS` seconds (its beat's reference time) to a track that starts at 0; parts outside are cut. */
export function addEvent(track: DipoleTrack, samplingRateHz: number, timeS: number, event: DipoleEvent): void {
  const { x, y, z } = track;
  const centre = timeS + event.centreS;
  const first = Math.max(0, Math.ceil((centre - REACH * event.riseS) * samplingRateHz));
  const last = Math.min(x.length - 1, Math.floor((centre + REACH * event.fallS) * samplingRateHz));
  const [vx, vy, vz] = event.vector;
  for (let n = first; n <= last; n++) {
    const height = eventHeight(event, n / samplingRateHz - centre);
    x[n] = (x[n] ?? 0) + vx * height;
    y[n] = (y[n] ?? 0) + vy * height;
    z[n] = (z[n] ?? 0) + vz * height;
  }
}
