import { type Boundary, isSameMark, type LeadWaves, type MarkName } from '../ecg';
import type { Band } from './bands';
import { type PaperScale, toMm, toSeconds } from './units';

const BOUNDARIES = ['onset', 'offset'] as const satisfies readonly Boundary[];

/** One boundary of a wave as it stands on the sheet. */
export interface Handle extends MarkName {
  readonly timeS: number;
  /** mm. */
  readonly x: number;
  readonly band: Band;
  readonly edited: boolean;
}

/** The boundaries of a band that are on the sheet: one that lies on another page or column is not. */
export function handlesOf(band: Band, scale: PaperScale): readonly Handle[] {
  const { lead, kind, wave, trace } = band;
  return BOUNDARIES.flatMap((boundary): Handle[] => {
    const timeS = wave[boundary];
    if (timeS < trace.startS || timeS > trace.endS) return [];
    const x = trace.x + toMm(timeS - trace.startS, scale);
    const edited = wave.edited?.includes(boundary) ?? false;
    return [{ lead, kind, peakS: wave.peak, boundary, timeS, x, band, edited }];
  });
}

/** How near to a band a pointer means it, mm: bands are narrow. */
const NEAR_MM = 1;

/** The band under a point of the sheet, or the nearest beside it; null where there is none near. */
export function bandAt(bands: readonly Band[], x: number, y: number): Band | null {
  let [best, least] = [null as Band | null, NEAR_MM];
  for (const band of bands) {
    if (y < band.y || y > band.y + band.heightMm) continue;
    const away = Math.max(band.x - x, x - band.x - band.widthMm, 0);
    if (away < least) [best, least] = [band, away];
    if (away === 0) break;
  }
  return best;
}

/** The moment at a place of a band's trace, seconds from the start of the recording. */
export const timeAt = ({ trace }: Band, x: number, scale: PaperScale) => trace.startS + toSeconds(x - trace.x, scale);

/** How far a mark can be moved, seconds: not over its own peak, nor into the wave before or after. */
export function limitsOf(own: LeadWaves, { kind, peakS, boundary }: MarkName, stepS: number) {
  const wave = own[kind].find(({ peak }) => peak === peakS);
  const others = [...own.p, ...own.qrs, ...own.t].filter((other) => other !== wave);
  const now = wave?.[boundary] ?? peakS;
  if (boundary === 'onset') {
    const before = Math.max(Number.NEGATIVE_INFINITY, ...others.flatMap((w) => (w.peak < peakS ? w.offset : [])));
    return { leastS: Math.min(before, now), mostS: peakS - stepS };
  }
  const next = Math.min(Number.POSITIVE_INFINITY, ...others.flatMap((w) => (w.peak > peakS ? w.onset : [])));
  return { leastS: peakS + stepS, mostS: Math.max(next, now) };
}

export const clamp = (timeS: number, { leastS, mostS }: { leastS: number; mostS: number }) =>
  Math.min(mostS, Math.max(leastS, timeS));

/** The mark so many steps further on the sheet, in reading order; from none the first or the last. */
export function nextHandle(handles: readonly Handle[], from: MarkName | null, step: number): Handle | null {
  const at = from ? handles.findIndex((handle) => isSameMark(handle, from)) : -1;
  const next = at < 0 ? (step > 0 ? 0 : handles.length - 1) : (at + step + handles.length) % handles.length;
  return handles[next] ?? null;
}
