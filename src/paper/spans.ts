import type { Boundary, Lead, LeadWaves, Wave, WaveKind } from '../ecg';
import { type Area, stretchOf } from './bands';
import type { Sheet } from './sheet';

/** What an interval is measured between: `p.onset` to `qrs.onset`; beats are those of all leads together. */
export type Interval = readonly [from: `${WaveKind}.${Boundary}`, to: `${WaveKind}.${Boundary}`] | 'beat to beat';

/** A P wave farther ahead of the QRS does not belong to it (`waves/fiducials.ts` says the same), seconds. */
const LONGEST_PR_S = 0.45;

/** A QRS with the P and T of its lead that belong to it. */
export interface LeadBeat {
  readonly p: Wave | null;
  readonly qrs: Wave;
  readonly t: Wave | null;
}

/** The beats of one lead, in the order of time. */
export function leadBeats({ p, qrs, t }: LeadWaves): readonly LeadBeat[] {
  return qrs.map((own, n) => {
    const before = qrs[n - 1]?.offset ?? Number.NEGATIVE_INFINITY;
    const next = qrs[n + 1]?.onset ?? Number.POSITIVE_INFINITY;
    const from = Math.max(before, own.onset - LONGEST_PR_S);
    return {
      p: p.findLast(({ onset }) => onset >= from && onset < own.onset) ?? null,
      qrs: own,
      t: t.find(({ peak }) => peak > own.peak && peak < next) ?? null,
    };
  });
}

/** Where an interval lies on each trace of the sheet. */
export function intervalAreas(
  { traces, scale }: Sheet,
  leads: readonly { readonly lead: Lead | null }[],
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
  beats: readonly number[],
  interval: Interval,
): readonly Area[] {
  return traces.flatMap((trace) => {
    const lead = leads[trace.lead]?.lead;
    const own = lead ? waves[lead] : undefined;
    const stretches = interval === 'beat to beat' ? everyOther(beats) : own ? between(leadBeats(own), interval) : [];
    return stretches.flatMap(([fromS, toS]) => stretchOf(trace, scale, fromS, toS) ?? []);
  });
}

type Stretch = readonly [fromS: number, toS: number];

/** Of the intervals between beats every other one, so that their ends show. */
const everyOther = (beats: readonly number[]): readonly Stretch[] =>
  beats.slice(1).flatMap((toS, n) => (n % 2 === 0 ? [[beats[n] ?? toS, toS] as const] : []));

function between(beats: readonly LeadBeat[], [from, to]: readonly [string, string]): readonly Stretch[] {
  return beats.flatMap((beat): readonly Stretch[] => {
    const [fromS, toS] = [momentOf(beat, from), momentOf(beat, to)];
    return fromS === null || toS === null ? [] : [[fromS, toS]];
  });
}

function momentOf(beat: LeadBeat, mark: string): number | null {
  const [kind, boundary] = mark.split('.') as [WaveKind, Boundary];
  return beat[kind]?.[boundary] ?? null;
}
