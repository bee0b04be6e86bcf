import type { Explanation, Lead } from '../ecg';
import { type InWords, say } from '../words/say';
import { leadRanges } from './statements';

/** The fewest leads, and the fewest stretches, that hold this share of what speaks for a statement. */
const MOSTLY = 0.6;
/** More stretches apart than this are no place in time. */
const MOST_RUNS = 2;
/** Below this fall of the log-odds, added up over everything that was blanked, nothing in particular matters. */
const NOTHING = 0.1;

type Falls = Omit<Explanation, 'summary' | 'summarySaying' | 'code' | 'whole'>;

/** In words where the network looked: `mostly V1–V3, 2.0–2.5 s`. */
export function whereLooked({ leads, steps, startS, stepS, falls }: Falls): InWords {
  const rises = falls.map((fall) => Math.max(0, fall));
  const total = rises.reduce((sum, fall) => sum + fall, 0);
  if (total < NOTHING) return say('lookedNowhere', {});
  const byLead = leads.map((_, lead) => sumOf(rises.subarray(lead * steps, (lead + 1) * steps)));
  const byStep = Array.from({ length: steps }, (_, step) =>
    sumOf(leads.map((_, lead) => rises[lead * steps + step] ?? 0)),
  );
  const mostLeads = greatest(byLead, MOSTLY * total).flatMap((lead): Lead[] => (leads[lead] ? [leads[lead]] : []));
  const runs = runsOf(greatest(byStep, MOSTLY * total));
  const places = mostLeads.length > leads.length / 2 ? null : leadRanges(mostLeads);
  const spans = runs.map(([a, b]) => ({ from: startS + a * stepS, to: startS + (b + 1) * stepS }));
  return say('looked', { leads: places, spans: runs.length > MOST_RUNS ? [] : spans });
}

const sumOf = (values: Iterable<number>) => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** Places of the greatest values, in order, until they add up to enough. */
function greatest(values: readonly number[], enough: number): readonly number[] {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  let sum = 0;
  const taken: number[] = [];
  for (const place of order) {
    if (sum >= enough) break;
    sum += values[place] ?? 0;
    taken.push(place);
  }
  return taken.sort((a, b) => a - b);
}

/** Neighbours together: first and last place of each run. */
function runsOf(places: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && run[1] === place - 1) run[1] = place;
    else runs.push([place, place]);
  }
  return runs;
}
