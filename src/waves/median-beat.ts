import type { BeatMark, Ecg, EcgLead, Lead, LeadWaves, MedianBeat, Wave } from '../ecg';
import { median } from '../signal/median';
import { alignedTimes } from './align';
import { FEWEST_BEATS } from './edited';
import type { Beat } from './fiducials';
import { usualRow } from './usual';
import { level } from './voltage';

/** Of a long recording so many beats are taken, evenly over its length. */
const MOST_BEATS = 300;
/** A median beat reaches at least so far before and after the moment of alignment, and so far beyond its first and last mark, seconds. */
const LEAST_BEFORE_S = 0.25;
const LEAST_AFTER_S = 0.45;
const MARGIN_S = 0.08;
/** A wave that fewer of the beats show in a lead has no mark there. */
const SHOWN = 0.5;

/**
 * The usual beat of each standard lead: the beats of the dominant shape laid over one another, sample by sample their median, as carts
 * do (Kligfield et al. 2007, AHA/ACCF/HRS, Part I). One moment per beat for all leads, so that they keep their places in time.
 *
 * From the recorded signal, never a filtered one, at the lead's own rate and in its unit; of each beat the level of the 20 ms before its QRS
 * is taken away, or wander would blur them. Empty with fewer than two beats. Of a long recording 300 beats are taken, spread evenly.
 *
 * @param normal the beats of the dominant shape, seconds from the start of the recording
 */
export function medianBeats(
  ecg: Ecg,
  normal: readonly Beat[],
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
): readonly MedianBeat[] {
  const beats = spread(normal, MOST_BEATS);
  if (beats.length < FEWEST_BEATS) return [];
  const times = alignedTimes(ecg, beats);
  const relative = (wave: (beat: Beat) => number | undefined) =>
    beats.flatMap((beat, n) => {
      const timeS = wave(beat);
      return timeS === undefined ? [] : [timeS - (times[n] ?? 0)];
    });
  const fromS = Math.min(-LEAST_BEFORE_S, median(relative(({ p }) => p?.onset)) - MARGIN_S);
  const toS = Math.max(LEAST_AFTER_S, median(relative(({ t }) => t?.offset)) + MARGIN_S);
  return ecg.leads.flatMap((recorded): MedianBeat[] => {
    const { lead, unit, samplingRateHz } = recorded;
    if (lead === null) return [];
    const first = Math.round(fromS * samplingRateHz);
    const rows = times.flatMap((timeS, n) => {
      const row = oneBeat(recorded, ecg.startS, timeS, beats[n]?.qrs.onset ?? timeS, first, toS);
      return row ? [{ timeS, row }] : [];
    });
    if (rows.length < FEWEST_BEATS) return [];
    const own = waves[lead];
    return [
      {
        lead,
        unit,
        samplingRateHz,
        startS: first / samplingRateHz,
        samples: usualRow(rows.map(({ row }) => row)),
        p: own ? markOf(own.p, beats, ({ p }) => p, times) : null,
        qrs: own ? markOf(own.qrs, beats, ({ qrs }) => qrs, times) : null,
        t: own ? markOf(own.t, beats, ({ t }) => t, times) : null,
        beatTimesS: rows.map(({ timeS }) => timeS),
      },
    ];
  });
}

/** At most `most` of them, evenly. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)]).filter(
    (v) => v !== undefined,
  );
}

/** One beat's samples against the level before its QRS; NaN beyond the signal; null where that level is missing. */
function oneBeat(lead: EcgLead, startS: number, timeS: number, qrsOnsetS: number, first: number, toS: number) {
  const baseline = level(lead, qrsOnsetS - startS, 'before');
  if (baseline === null) return null;
  const at = Math.round((timeS - startS) * lead.samplingRateHz) + first;
  const row = new Float32Array(Math.round(toS * lead.samplingRateHz) - first + 1);
  for (let n = 0; n < row.length; n++) row[n] = (lead.samples[at + n] ?? Number.NaN) - baseline;
  return row;
}

/** The lead's own wave, median over the beats that show it; null where most do not. Both lists are in the order of time. */
function markOf(
  own: readonly Wave[],
  beats: readonly Beat[],
  wave: (beat: Beat) => Wave | null,
  times: readonly number[],
): BeatMark | null {
  let next = 0;
  const found = beats.flatMap((beat, n) => {
    const whole = wave(beat);
    if (!whole) return [];
    while ((own[next]?.offset ?? Number.POSITIVE_INFINITY) < whole.onset) next++;
    const seen = own[next];
    if (!seen || seen.onset > whole.offset) return [];
    const timeS = times[n] ?? 0;
    return [{ onset: seen.onset - timeS, offset: seen.offset - timeS }];
  });
  if (found.length < SHOWN * beats.length) return null;
  return { onset: median(found.map(({ onset }) => onset)), offset: median(found.map(({ offset }) => offset)) };
}
