import type { BeatClass, Lead, LeadWaves, Wave, WaveKind } from '../ecg';
import type { Label, Sheet, Trace } from './sheet';
import { toMm } from './units';

export type BandKind = WaveKind;

/** A rectangle on the sheet, mm, y downwards. */
export interface Area {
  readonly x: number;
  readonly widthMm: number;
  /** Upper edge. */
  readonly y: number;
  readonly heightMm: number;
}

/** The stretch of one wave on the sheet. */
export interface Band extends Area {
  readonly kind: BandKind;
  readonly lead: Lead;
  readonly wave: Wave;
  readonly trace: Trace;
}

/** Half of what a band covers around its lead's baseline, mm; less where rows are close. */
const REACH_MM = 7;

/** Where each delineated wave stands on the sheet, from onset to offset; a wave at a column's edge is cut there. */
export function waveBands(
  { traces, scale }: Sheet,
  leads: readonly { readonly lead: Lead | null }[],
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
): readonly Band[] {
  return traces.flatMap((trace) => {
    const lead = leads[trace.lead]?.lead;
    const own = lead ? waves[lead] : undefined;
    if (!lead || !own) return [];
    return (['p', 'qrs', 't'] as const).flatMap((kind) =>
      own[kind].flatMap((wave): Band[] => {
        const area = stretchOf(trace, scale, wave.onset, wave.offset);
        return area ? [{ kind, lead, wave, trace, ...area }] : [];
      }),
    );
  });
}

/** A stretch of time on a trace, cut at the trace's ends; null where none of it is there. */
export function stretchOf(trace: Trace, scale: Sheet['scale'], fromS: number, toS: number): Area | null {
  const { startS, endS, x, baseline, rowMm } = trace;
  const [from, to] = [Math.max(fromS, startS), Math.min(toS, endS)];
  if (to <= from) return null;
  const reach = Math.min(REACH_MM, rowMm / 2);
  return {
    x: x + toMm(from - startS, scale),
    widthMm: toMm(to - from, scale),
    y: baseline - reach,
    heightMm: 2 * reach,
  };
}

/** A moment of the whole ECG, as it stands on one trace; mm. */
export interface Tick {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far below a trace's band a tick reaches, mm: it stands clear of the waves. */
const TICK_MM = 3;

/** Moments such as pacing spikes, below every trace. */
export function ticks({ traces, scale }: Sheet, timesS: readonly number[]): readonly Tick[] {
  return traces.flatMap(({ startS, endS, x, baseline, rowMm }) => {
    const bottom = baseline + Math.min(REACH_MM, rowMm / 2);
    const on = timesS.filter((timeS) => timeS >= startS && timeS < endS);
    return on.map((timeS) => ({ x: x + toMm(timeS - startS, scale), top: bottom - TICK_MM, bottom }));
  });
}

/** As the field writes them; a paced beat is said in full, since A is an atrial premature one elsewhere. */
const LETTERS: Record<BeatClass, string> = { N: 'N', S: 'S', V: 'V', paced: 'paced', Q: 'Q' };

/** How far above the baseline a letter stands, mm; half a row where rows are close: above the leads' names (sheet.ts). */
export const LETTER_MM = 12;

/** Letters of single beats, above every trace that shows them; the usual beat needs none. */
export function beatLabels(
  { traces, scale }: Sheet,
  beats: readonly { readonly timeS: number; readonly class: BeatClass }[],
): readonly Label[] {
  const unusual = beats.filter((beat) => beat.class !== 'N' && beat.class !== 'Q');
  return traces.flatMap(({ startS, endS, x, baseline, rowMm }) =>
    unusual
      .filter(({ timeS }) => timeS >= startS && timeS < endS)
      .map(({ timeS, class: name }) => ({
        text: LETTERS[name],
        x: x + toMm(timeS - startS, scale) - 1,
        y: baseline - Math.min(rowMm / 2, LETTER_MM),
        kind: 'beat' as const,
      })),
  );
}
