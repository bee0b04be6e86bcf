import { LEADS, type Lead } from '../ecg';
import type { Random } from './random';

/** Signal-to-noise ratios in dB; an absent one adds none. Power is the mean over the twelve leads. */
export interface NoiseOptions {
  /** White noise. */
  readonly whiteDb?: number;
  /** Muscle noise: bursts of 20 Hz and above. */
  readonly muscleDb?: number;
  /** Mains hum at `mainsHz` with a third harmonic. */
  readonly mainsDb?: number;
  readonly mainsHz?: number;
  /** Baseline wander: breathing and drift below 0.5 Hz. */
  readonly wanderDb?: number;
}

const ELECTRODES = ['RA', 'LA', 'LL', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6'] as const;

type Electrode = (typeof ELECTRODES)[number];
type Columns<Key extends string> = Readonly<Record<Key, Float64Array>>;

/** Leads as differences of electrodes, so that noise keeps Einthoven's, Goldberger's and Wilson's identities. */
function leadsOf(electrodes: Columns<Electrode>, length: number): Columns<Lead> {
  const { RA, LA, LL } = electrodes;
  const mix = (value: (n: number) => number) => Float64Array.from({ length }, (_, n) => value(n));
  const at = (column: Float64Array, n: number) => column[n] ?? 0;
  const chest = (column: Float64Array) => mix((n) => at(column, n) - (at(RA, n) + at(LA, n) + at(LL, n)) / 3);
  const I = mix((n) => at(LA, n) - at(RA, n));
  const II = mix((n) => at(LL, n) - at(RA, n));
  return {
    I,
    II,
    III: mix((n) => at(II, n) - at(I, n)),
    aVR: mix((n) => -(at(I, n) + at(II, n)) / 2),
    aVL: mix((n) => at(I, n) - at(II, n) / 2),
    aVF: mix((n) => at(II, n) - at(I, n) / 2),
    V1: chest(electrodes.C1),
    V2: chest(electrodes.C2),
    V3: chest(electrodes.C3),
    V4: chest(electrodes.C4),
    V5: chest(electrodes.C5),
    V6: chest(electrodes.C6),
  };
}

function perElectrode(make: () => Float64Array): Columns<Electrode> {
  return {
    RA: make(),
    LA: make(),
    LL: make(),
    C1: make(),
    C2: make(),
    C3: make(),
    C4: make(),
    C5: make(),
    C6: make(),
  };
}

/** First-order high-pass at 20 Hz of white noise, under an envelope that swells and fades every few seconds. */
function muscle(length: number, samplingRateHz: number, draw: Random): Float64Array {
  const keep = Math.exp((-2 * Math.PI * 20) / samplingRateHz);
  const phase = 2 * Math.PI * draw.uniform();
  const hz = 0.1 + 0.2 * draw.uniform();
  let low = 0;
  return Float64Array.from({ length }, (_, n) => {
    const white = draw.normal();
    low = keep * low + (1 - keep) * white;
    return (white - low) * (1 + 0.6 * Math.sin((2 * Math.PI * hz * n) / samplingRateHz + phase));
  });
}

function hum(length: number, samplingRateHz: number, hz: number, draw: Random): Float64Array {
  const gain = 0.3 + draw.uniform();
  const phase = 0.6 * draw.uniform();
  const step = (2 * Math.PI * hz) / samplingRateHz;
  return Float64Array.from(
    { length },
    (_, n) => gain * (Math.sin(step * n + phase) + 0.15 * Math.sin(3 * step * n + 2 * phase)),
  );
}

function wander(length: number, samplingRateHz: number, breathHz: number, draw: Random): Float64Array {
  const waves = [0.05, 0.11, 0.17, breathHz].map((hz, n) => ({
    hz: hz * (1 + 0.1 * draw.normal()),
    phase: 2 * Math.PI * draw.uniform(),
    amplitude: draw.normal() / (n + 1),
  }));
  return Float64Array.from({ length }, (_, n) =>
    waves.reduce((sum, w) => sum + w.amplitude * Math.sin((2 * Math.PI * w.hz * n) / samplingRateHz + w.phase), 0),
  );
}

const power = (columns: Columns<Lead>) =>
  LEADS.reduce((sum, lead) => {
    const column = columns[lead];
    const mean = column.reduce((total, v) => total + v, 0) / column.length;
    return sum + column.reduce((total, v) => total + (v - mean) ** 2, 0) / column.length;
  }, 0) / LEADS.length;

/** Power that noise is measured against where there is no heartbeat, mV²: that of a 0.2 mV RMS signal. */
const SILENT_POWER = 0.04;

/** Adds noise in place to the twelve leads, mV. */
export function addNoise(leads: Columns<Lead>, samplingRateHz: number, noise: NoiseOptions, draw: Random): void {
  const length = leads.I.length;
  if (length === 0) return;
  const signal = power(leads);
  const reference = signal > 1e-6 ? signal : SILENT_POWER;
  const add = (snrDb: number | undefined, make: () => Float64Array) => {
    if (snrDb === undefined) return;
    const added = leadsOf(perElectrode(make), length);
    const scale = Math.sqrt(reference / power(added)) * 10 ** (-snrDb / 20);
    for (const lead of LEADS) {
      const [column, extra] = [leads[lead], added[lead]];
      for (let n = 0; n < length; n++) column[n] = (column[n] ?? 0) + scale * (extra[n] ?? 0);
    }
  };
  const breathHz = 0.2 + 0.1 * draw.uniform();
  add(noise.whiteDb, () => Float64Array.from({ length }, () => draw.normal()));
  add(noise.muscleDb, () => muscle(length, samplingRateHz, draw));
  add(noise.mainsDb, () => hum(length, samplingRateHz, noise.mainsHz ?? 50, draw));
  add(noise.wanderDb, () => wander(length, samplingRateHz, breathHz, draw));
}
