import type { Lead, LeadWaves } from '../ecg';
import { median } from '../signal/median';
import type { Waves } from './measure';
import { JUMP_SHARE } from './rr';

/** What a classifier may be given of the waves; its card names those that it takes. Null: not measurable. */
export type NetworkFeatures = ReturnType<typeof networkFeatures>;

/** Fewer RR intervals have no shape. */
const FEWEST_RR = 3;
/** A P further ahead of its QRS belongs to another one, seconds. */
const LONGEST_PR_S = 0.4;

/**
 * R-peak and P-wave features, version 1. Times and ratios of times only: a recording without a scale in mV has them too. The training runs
 * this very function in Node (bench/measure.ts).
 */
export function networkFeatures({ beats, measurements, waves, agreement }: Omit<Waves, 'longestPause'>) {
  const { heartRateBpm, rhythm, pMs, prMs, qrsMs, qtMs, qtcMs, atrialRateBpm, blockedP } = measurements;
  const { meanRrMs, sdnnMs, rmssdMs, regularity } = rhythm;
  return {
    heartRateBpm,
    sdnnShare: ratio(sdnnMs, meanRrMs),
    rmssdShare: ratio(rmssdMs, meanRrMs),
    ...rrShape(beats),
    irregular: regularity === null ? null : Number(regularity === 'irregular'),
    pShare: pShare(waves),
    pMs,
    prMs,
    qrsMs,
    qtMs,
    qtcFridericiaMs: qtcMs.fridericia,
    atrialPerBeat: ratio(atrialRateBpm, heartRateBpm),
    blockedP,
    agreement,
  };
}

/** Shortest and longest RR as shares of the median, and the share of steps from one RR to the next that jump. */
function rrShape(beats: readonly number[]) {
  const rr = beats.slice(1).map((beat, n) => beat - (beats[n] ?? beat));
  if (rr.length < FEWEST_RR) return { shortestRrShare: null, longestRrShare: null, jumpShare: null };
  const usual = median(rr);
  const steps = rr.slice(1).map((v, n) => Math.abs(v - (rr[n] ?? v)));
  return {
    shortestRrShare: Math.min(...rr) / usual,
    longestRrShare: Math.max(...rr) / usual,
    jumpShare: steps.filter((step) => step > JUMP_SHARE * usual).length / steps.length,
  };
}

/** The share of QRS complexes that a P precedes, in lead II or else the first lead with waves. */
function pShare(waves: Readonly<Partial<Record<Lead, LeadWaves>>>): number | null {
  const lead = waves.II ?? Object.values(waves)[0];
  if (!lead || lead.qrs.length === 0) return null;
  const follows = ({ onset }: { readonly onset: number }) =>
    lead.p.some((p) => onset > p.onset && onset - p.onset <= LONGEST_PR_S);
  return lead.qrs.filter(follows).length / lead.qrs.length;
}

function ratio(value: number | null, by: number | null): number | null {
  return value === null || !by ? null : value / by;
}
