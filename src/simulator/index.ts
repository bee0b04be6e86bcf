import { LEADS, type Lead, type LeadWaves } from '../ecg';
import { addFibrillatoryWaves, addVentricularFibrillation } from './atria';
import { addEvent, type DipoleTrack, emptyTrack, PROJECTION } from './dipole';
import { atRr, PVC } from './morphology';
import { addNoise, type NoiseOptions } from './noise';
import { random } from './random';
import { type BeatClass, beatsOf } from './rhythm';
import { RECIPES, type Recipe, type Scenario } from './scenarios';
import { beatWaves, collect } from './truth';

export { DEMOS, type Demo } from './demos';
export type { NoiseOptions } from './noise';
export type { BeatClass } from './rhythm';
export { RECIPES, type Scenario } from './scenarios';

export interface SimulationOptions {
  /** 100 to 1000 Hz; 500 by default. */
  readonly samplingRateHz?: number;
  /** 10 s by default. */
  readonly durationS?: number;
  /** Mean rate; each scenario has its own default. */
  readonly rateBpm?: number;
  /** The same seed gives the same ECG; 1 by default. */
  readonly seed?: number;
  readonly noise?: NoiseOptions;
  /** Leads that are not connected: zero throughout. */
  readonly flat?: readonly Lead[];
  /** Stretches without samples (NaN), seconds. */
  readonly gaps?: readonly { readonly lead: Lead; readonly fromS: number; readonly toS: number }[];
}

/** A simulated 12-lead ECG with its truth. */
export interface Simulated {
  readonly samplingRateHz: number;
  readonly durationS: number;
  /** mV; Einthoven's and Goldberger's identities hold among the limb leads. */
  readonly leads: Readonly<Record<Lead, Float32Array<ArrayBuffer>>>;
  /** Times of the main QRS deflection, seconds. */
  readonly beats: readonly { readonly timeS: number; readonly class: BeatClass }[];
  /** True fiducial points of every lead; a wave that is isoelectric in a lead has none there. */
  readonly waves: Readonly<Record<Lead, LeadWaves>>;
  /** True fiducial points over all leads: earliest onset, latest offset. */
  readonly globalWaves: LeadWaves;
}

/** Beats differ in height by this share from one to the next. */
const BEAT_TO_BEAT = 0.02;

/**
 * Simulates a 12-lead ECG: Gaussian events of a dipole on the phases of a modulated heartbeat (McSharry et al. 2003, A dynamical model
 * for generating synthetic ECG signals), the dipole in three dimensions and projected to the leads as in Sameni et al. 2007
 * (Multichannel ECG and noise modeling), with Dower's matrix (Dower et al. 1980).
 */
export function simulate(scenario: Scenario, options: SimulationOptions = {}): Simulated {
  const { samplingRateHz = 500, durationS = 10, seed = 1, noise = {}, flat = [], gaps = [] } = options;
  const recipe: Recipe = RECIPES[scenario];
  const draw = random(seed);
  const length = Math.round(durationS * samplingRateHz);
  const track = emptyTrack(length);
  const beats = beatsOf(recipe.rhythm, options.rateBpm ?? recipe.rateBpm, durationS, draw);

  const marked = beats.map((beat) => {
    const events = atRr(beat.class === 'V' ? PVC : recipe.morphology, beat.rrS);
    const gain = 1 + BEAT_TO_BEAT * draw.normal();
    for (const event of events) {
      const [x, y, z] = event.vector;
      addEvent(track, samplingRateHz, beat.timeS, { ...event, vector: [gain * x, gain * y, gain * z] });
    }
    return { beat, waves: beatWaves(events) };
  });
  if (recipe.background === 'atrial-fibrillation') addFibrillatoryWaves(track, samplingRateHz, draw);
  if (recipe.background === 'ventricular-fibrillation') addVentricularFibrillation(track, samplingRateHz, draw);

  const leads = project(track);
  addNoise(leads, samplingRateHz, noise, draw);
  for (const lead of flat) leads[lead].fill(0);
  for (const { lead, fromS, toS } of gaps) {
    leads[lead].fill(Number.NaN, Math.round(fromS * samplingRateHz), Math.round(toS * samplingRateHz));
  }

  return {
    samplingRateHz,
    durationS,
    leads: byLead((lead) => Float32Array.from(leads[lead])),
    beats: beats
      .filter(({ timeS }) => timeS >= 0 && timeS < durationS)
      .map(({ timeS, class: beatClass }) => ({ timeS, class: beatClass })),
    waves: byLead((lead) =>
      collect(
        marked.map(({ beat, waves }) => ({ timeS: beat.timeS, waves: waves.leads[lead] })),
        durationS,
      ),
    ),
    globalWaves: collect(
      marked.map(({ beat, waves }) => ({ timeS: beat.timeS, waves: waves.global })),
      durationS,
    ),
  };
}

function byLead<Value>(value: (lead: Lead) => Value): Record<Lead, Value> {
  return Object.fromEntries(LEADS.map((lead) => [lead, value(lead)])) as Record<Lead, Value>;
}

/** The twelve leads of a dipole, mV. */
function project({ x, y, z }: DipoleTrack): Record<Lead, Float64Array> {
  return byLead((lead) => {
    const [px, py, pz] = PROJECTION[lead];
    return Float64Array.from(x, (v, n) => px * v + py * (y[n] ?? 0) + pz * (z[n] ?? 0));
  });
}
