import type { Lead, Measurements, MedianBeat, Saying } from '../ecg';
import { message } from '../words/say';
import { FROM_CHEST } from './from-chest';
import { leftLimbSigns } from './left-limbs';

/** Electrodes that seem to have changed places. */
export interface Exchange {
  readonly which: 'limb' | 'chest';
  /** What is suspected and why, without a full stop. */
  readonly message: string;
  readonly saying?: Saying;
}

/** The measurements without the axes, which exchanged limb electrodes make wrong. */
export function withoutAxes(measurements: Measurements, exchange: Exchange | null): Measurements {
  if (exchange?.which !== 'limb') return measurements;
  return { ...measurements, pAxisDeg: null, qrsAxisDeg: null, tAxisDeg: null };
}

type Beats = Readonly<Record<Lead, Float32Array>>;

const CHEST = ['V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;

/**
 * The frontal plane fits the chest leads so much better under the exchange (difference of correlations). Set on 430 raw PTB-XL records for
 * a specificity of 99 % and more.
 */
const BETTER_FIT = 0.3;
/** The chest leads are in so much smoother an order with two of them exchanged. Set on the same records. */
const SMOOTHER = 0.75;
/** Beats of ventricular origin fit no rule: a QRS from this on with no P is not judged, ms. */
const WIDE_QRS_MS = 120;
/** One limb lead with next to no signal, mV, between others of at least so much: of 589 records of PTB-XL and LUDB none has less than 0.15. */
const EMPTY_MV = 0.1;
const FULL_MV = 0.3;

/**
 * Whether two electrodes seem exchanged; null where nothing does, or where it cannot be judged.
 *
 * - Arms, or right arm and leg: I and II, as the chest leads let one expect them, fit the recorded ones better after undoing the exchange
 *   (reconstruction and correlation after Kors and van Herpen 2001). Dextrocardia may look alike. Left arm and leg are looked for in the P
 *   wave alone: their exchange is hardly to be told from a turned axis (22 % found by a commercial program in the validation of 2014, J Electrocardiol 47:794).
 * - Right leg and an arm: one of I, II, III is all but empty (Haisty et al. 1993).
 * - A chest lead without a signal says nothing of its place: then only the limbs' right leg is looked for.
 * - Chest: neighbours look alike, so the six leads make a short path from V1 to V6; with two of them exchanged the path is much shorter.
 *
 * @param beats the median beats, all of one rate and length
 */
export function suspectedExchange(beats: readonly MedianBeat[], { qrsMs, pMs }: Measurements): Exchange | null {
  const given = together(beats);
  if (!given || (pMs === null && qrsMs !== null && qrsMs >= WIDE_QRS_MS)) return null;
  const isChestWhole = CHEST.every((lead) => range(given[lead]) >= EMPTY_MV);
  return (
    emptyLimbLead(given) ?? (isChestWhole ? (chestExchange(given) ?? limbExchange(given)) : null) ?? leftLimbs(beats)
  );
}

function together(beats: readonly MedianBeat[]): Beats | null {
  const found = new Map(beats.filter(({ unit }) => unit === 'mV').map((beat) => [beat.lead, beat]));
  const first = found.get('I');
  const needed: readonly Lead[] = ['I', 'II', ...CHEST];
  const isAlongside = (beat: MedianBeat | undefined) =>
    beat?.samplingRateHz === first?.samplingRateHz && beat?.samples.length === first?.samples.length;
  if (!first || !needed.every((lead) => isAlongside(found.get(lead)))) return null;
  return Object.fromEntries([...found].map(([lead, { samples }]) => [lead, samples])) as Beats;
}

function leftLimbs(beats: readonly MedianBeat[]): Exchange | null {
  const signs = leftLimbSigns(beats);
  return signs?.taller && signs.upright ? { which: 'limb', ...message('leftLimbs', {}) } : null;
}

function emptyLimbLead({ I, II }: Beats): Exchange | null {
  const III = II.map((v, n) => v - (I[n] ?? 0));
  const ranges = { I: range(I), II: range(II), III: range(III) };
  const empty = (['I', 'II', 'III'] as const).filter((lead) => ranges[lead] < EMPTY_MV);
  const [lead] = empty;
  if (!lead || empty.length > 1 || Object.values(ranges).filter((v) => v >= FULL_MV).length < 2) return null;
  return { which: 'limb', ...message('emptyLimbLead', { lead }) };
}

function limbExchange({ I, II, ...chest }: Beats): Exchange | null {
  const likeness = (one: Float32Array, two: Float32Array) => {
    const expected = CHEST.map((lead) => ({ samples: chest[lead], weights: FROM_CHEST[lead] }));
    let [product, recorded, rebuilt] = [0, 0, 0];
    for (let n = 0; n < one.length; n++) {
      [one, two].forEach((column, k) => {
        const v = column[n] ?? 0;
        const e = expected.reduce((sum, { samples, weights }) => sum + (samples[n] ?? 0) * (weights[k] ?? 0), 0);
        if (Number.isNaN(v + e)) return;
        product += v * e;
        recorded += v * v;
        rebuilt += e * e;
      });
    }
    return product / Math.sqrt(recorded * rebuilt || 1);
  };
  const minus = (a: Float32Array, b: Float32Array) => a.map((v, n) => v - (b[n] ?? 0));
  const negative = (a: Float32Array) => a.map((v) => -v);
  const asRecorded = likeness(I, II);
  const undone = (
    [
      { limbs: 'arms', likeness: likeness(negative(I), minus(II, I)) },
      { limbs: 'armAndLeg', likeness: likeness(minus(I, II), negative(II)) },
    ] as const
  ).reduce((a, b) => (b.likeness > a.likeness ? b : a));
  if (undone.likeness - asRecorded <= BETTER_FIT) return null;
  return { which: 'limb', ...message('limbExchange', { limbs: undone.limbs }) };
}

function chestExchange(beats: Beats): Exchange | null {
  const leads = CHEST.map((lead) => beats[lead]);
  const apart = leads.map((a) => leads.map((b) => distance(a, b)));
  const length = (order: readonly number[]) =>
    order.slice(1).reduce((sum, at, n) => sum + (apart[order[n] ?? 0]?.[at] ?? 0), 0);
  const asRecorded = length([0, 1, 2, 3, 4, 5]);
  let best = { share: 1, a: '', b: '' };
  for (let i = 0; i < CHEST.length; i++) {
    for (let j = i + 1; j < CHEST.length; j++) {
      const order = CHEST.map((_, n) => (n === i ? j : n === j ? i : n));
      const share = length(order) / (asRecorded || 1);
      if (share < best.share) best = { share, a: CHEST[i] ?? '', b: CHEST[j] ?? '' };
    }
  }
  if (best.share >= SMOOTHER) return null;
  return { which: 'chest', ...message('chestExchange', { a: best.a, b: best.b }) };
}

function distance(a: Float32Array, b: Float32Array): number {
  const squares = a.reduce((sum, v, n) => {
    const step = v - (b[n] ?? Number.NaN);
    return Number.isNaN(step) ? sum : sum + step * step;
  }, 0);
  return Math.sqrt(squares);
}

function range(samples: Float32Array): number {
  const present = samples.filter((v) => !Number.isNaN(v));
  return present.reduce((a, b) => Math.max(a, b), 0) - present.reduce((a, b) => Math.min(a, b), 0);
}
