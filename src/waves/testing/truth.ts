import {
  type Ecg,
  LEADS,
  type Lead,
  type LeadWaves,
  WAVE_CLASSES,
  type Wave,
  type WaveMap,
  type WaveRules,
} from '../../ecg';
import type { Delineation } from '..';

/** Rate of the delineator's maps, Hz. */
const RATE_HZ = 250;
/** How steeply a map changes over from one class to the next: logits per sample, and at most. */
const STEEPNESS = 2;
const CERTAIN = 8;

export type TrueWaves = Readonly<Record<Lead, LeadWaves>>;

/** What a simulation gives of itself. */
interface Truth {
  readonly durationS: number;
  readonly samplingRateHz: number;
  readonly leads: Readonly<Record<Lead, Float32Array<ArrayBuffer>>>;
  readonly waves: TrueWaves;
}

/** The simulated leads as an ECG. */
export function ecgOf(
  { durationS, samplingRateHz, leads }: Truth,
  names: readonly Lead[] = LEADS,
  startS = 0,
  unit = 'mV',
): Ecg {
  const one = (lead: Lead) => ({
    name: lead,
    lead,
    unit,
    samplingRateHz,
    derived: /III|aV/.test(lead),
    samples: leads[lead],
  });
  return { startS, durationS, leads: names.map(one) };
}

/** Rules as the shipped delineator has them. */
export const RULES: WaveRules = {
  mergeMs: { P: 40, QRS: 40, T: 60 },
  minimumMs: { P: 30, QRS: 24, T: 50 },
  support: { P: 0.5, QRS: 0.3, T: 0.3 },
  refractoryMs: 200,
  pEvidence: { beforeMs: 360, minimum: 0.5, beats: 3 },
};

/** What a perfect delineator would see: maps that change over exactly at the true boundaries. */
export function delineationOf(
  { durationS, waves }: Pick<Truth, 'durationS' | 'waves'>,
  names: readonly Lead[] = LEADS,
  startS = 0,
): Delineation {
  return { maps: names.map((lead) => mapOf(lead, waves[lead], durationS, startS)), rules: RULES };
}

export function mapOf(lead: Lead, waves: LeadWaves, durationS: number, startS = 0): WaveMap {
  const length = Math.round(durationS * RATE_HZ);
  const logits = new Float32Array(length * WAVE_CLASSES.length).fill(-CERTAIN);
  for (let n = 0; n < length; n++) logits[n * WAVE_CLASSES.length] = 0;
  for (const kind of ['p', 'qrs', 't'] as const) {
    for (const { onset, offset } of waves[kind]) {
      const first = Math.max(0, Math.floor(onset * RATE_HZ) - CERTAIN);
      const last = Math.min(length - 1, Math.ceil(offset * RATE_HZ) + CERTAIN);
      for (let n = first; n <= last; n++) {
        const inside = STEEPNESS * Math.min(n - onset * RATE_HZ, offset * RATE_HZ - n);
        const at = n * WAVE_CLASSES.length + WAVE_CLASSES.indexOf(kind);
        logits[at] = Math.max(logits[at] ?? 0, Math.min(CERTAIN, inside));
      }
    }
  }
  const probabilities = new Float32Array(logits.length);
  for (let n = 0; n < length; n++) {
    const own = logits.subarray(n * WAVE_CLASSES.length, (n + 1) * WAVE_CLASSES.length).map(Math.exp);
    const sum = own.reduce((a, b) => a + b, 0);
    probabilities.set(
      own.map((v) => v / sum),
      n * WAVE_CLASSES.length,
    );
  }
  return { lead, startS, samplingRateHz: RATE_HZ, probabilities };
}

/** Waves moved, or dropped where `change` gives null. */
export function changed(waves: TrueWaves, change: (wave: Wave, kind: keyof LeadWaves) => Wave | null): TrueWaves {
  const one = (own: LeadWaves, kind: keyof LeadWaves) => own[kind].flatMap((wave) => change(wave, kind) ?? []);
  const entries = LEADS.map((lead) => {
    const own = waves[lead];
    return [lead, { p: one(own, 'p'), qrs: one(own, 'qrs'), t: one(own, 't') }] as const;
  });
  return { ...waves, ...Object.fromEntries(entries) };
}
