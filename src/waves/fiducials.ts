import type { Boundary, Lead, LeadWaves, Wave } from '../ecg';
import { median } from '../signal/median';
import type { WaveKind } from './runs';
import { firstFrom } from './search';

/** A beat over all leads; a wave that too few leads show is absent. */
export interface Beat {
  readonly p: Wave | null;
  readonly qrs: Wave;
  readonly t: Wave | null;
}

/** The beats, and the P waves that belong to none. */
export interface Fiducials {
  readonly beats: readonly Beat[];
  readonly loneP: readonly Wave[];
}

/** So many leads support a boundary, fewer where there are fewer. */
const SUPPORTING_LEADS = 3;
/** Waves of one kind whose middles are farther apart than this are two, seconds. */
const CLUSTER_S = 0.12;
/** A P wave farther ahead of the QRS does not belong to it, seconds. */
export const LONGEST_PR_S = 0.45;

/**
 * Beats from the waves of all leads. The leads' waves of one kind are taken in the order of their middles; a step of more than 0.12 s
 * begins the next. Onset is the earliest moment by which three leads have begun, offset the latest at which three have not ended (in one or
 * two leads, those): a single lead that sees too much moves neither. A boundary that the reader set in any lead is the beat's. A wave that
 * fewer leads show is absent.
 *
 * A beat's P is the last one whose onset is at most 0.45 s ahead of the QRS and behind the QRS before; its T the first one before the
 * next QRS. The rules of `global_waves` and `intervals` in `training/delineator/score.py`.
 */
export function fiducials(waves: Readonly<Partial<Record<Lead, LeadWaves>>>): Fiducials {
  const leads = Object.values(waves).filter(({ p, qrs, t }) => p.length + qrs.length + t.length > 0);
  const [ps, complexes, ts] = (['p', 'qrs', 't'] as const).map((kind) => overLeads(leads, kind));
  const beats = (complexes ?? []).map((qrs, n): Beat => {
    const before = complexes?.[n - 1]?.offset ?? Number.NEGATIVE_INFINITY;
    const next = complexes?.[n + 1]?.onset ?? Number.POSITIVE_INFINITY;
    const isOwnP = ({ onset }: Wave) => onset > before && onset < qrs.onset && qrs.onset - onset <= LONGEST_PR_S;
    return {
      p: within(ps ?? [], qrs.onset - LONGEST_PR_S, qrs.onset).findLast(isOwnP) ?? null,
      qrs,
      t: within(ts ?? [], qrs.onset, next).find((t) => middle(t) > middle(qrs) && middle(t) < next) ?? null,
    };
  });
  const owned = new Set(beats.map(({ p }) => p));
  return { beats, loneP: (ps ?? []).filter((p) => !owned.has(p)) };
}

const middle = ({ onset, offset }: Wave) => (onset + offset) / 2;

/** The waves whose onset lies in a stretch; `waves` are in the order of time. */
function within(waves: readonly Wave[], fromS: number, toS: number): readonly Wave[] {
  const first = (timeS: number) => firstFrom(waves, timeS, ({ onset }) => onset);
  return waves.slice(first(fromS), first(toS));
}

function overLeads(leads: readonly LeadWaves[], kind: WaveKind): readonly Wave[] {
  const need = Math.min(SUPPORTING_LEADS, leads.length);
  const clusters: Wave[][] = [];
  for (const wave of leads.flatMap((lead) => lead[kind]).sort((a, b) => middle(a) - middle(b))) {
    const cluster = clusters.at(-1);
    const last = cluster?.at(-1);
    if (cluster && last && middle(wave) - middle(last) <= CLUSTER_S) cluster.push(wave);
    else clusters.push([wave]);
  }
  return clusters.flatMap((cluster) => {
    const [onsets, offsets] = [setByReader(cluster, 'onset'), setByReader(cluster, 'offset')];
    const onset = onsets ? Math.min(...onsets) : cluster.map((wave) => wave.onset).sort((a, b) => a - b)[need - 1];
    const offset = offsets ? Math.max(...offsets) : cluster.map((wave) => wave.offset).sort((a, b) => b - a)[need - 1];
    if (onset === undefined || offset === undefined || offset <= onset) return [];
    const edited = [...(onsets ? (['onset'] as const) : []), ...(offsets ? (['offset'] as const) : [])];
    return [{ onset, peak: median(cluster.map((wave) => wave.peak)), offset, ...(edited.length > 0 && { edited }) }];
  });
}

/** A boundary where the reader set it in any of the leads, seconds; null where in none. */
function setByReader(cluster: readonly Wave[], boundary: Boundary): readonly number[] | null {
  const set = cluster.filter(({ edited }) => edited?.includes(boundary));
  return set.length > 0 ? set.map((wave) => wave[boundary]) : null;
}
