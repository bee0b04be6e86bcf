import type { Bytes } from '../bytes';
import type { Section } from './sections';

/** A beat of section 4, in samples counted from 1: where the reference beat was subtracted, and what kept its full rate. */
export interface Beat {
  /** 0 for beats that the reference beat was subtracted from. */
  readonly type: number;
  readonly start: number;
  readonly fiducial: number;
  readonly end: number;
  readonly protectedStart: number;
  readonly protectedEnd: number;
}

export interface Beats {
  /** The reference beat's fiducial point, in its samples counted from 1. */
  readonly fiducial: number;
  readonly beats: readonly Beat[];
}

/** The QRS locations of section 4. Versions 1.0 and 1.1 have no protected areas of their own: they are the subtracted ones. */
export function readBeats(section: Section | undefined): Beats {
  if (!section) return { fiducial: 0, beats: [] };
  const { body, version } = section;
  const count = Math.min(body.u16(4), Math.floor((body.length - 6) / 14));
  const areas = 6 + 14 * count;
  const own = version > 11 && areas + 8 * count <= body.length;
  const beats = Array.from({ length: Math.max(0, count) }, (_, i): Beat => {
    const at = 6 + 14 * i;
    const [start, fiducial, end] = [body.u32(at + 2), body.u32(at + 6), body.u32(at + 10)];
    const area = areas + 8 * i;
    return {
      type: body.u16(at),
      start,
      fiducial,
      end,
      protectedStart: own ? body.u32(area) : start,
      protectedEnd: own ? body.u32(area + 4) : end,
    };
  });
  return { fiducial: body.u16(2), beats };
}

/**
 * Undoes bimodal compression (EN 1064, annex C): outside the protected areas every stored sample stands for `factor` of them and is
 * interpolated linearly, with the first and the last stretched to the edges; what does not fill a whole `factor` is stored as it is.
 *
 * @param first the lead's first sample, counted from 1; @param length its samples, the most that are given back
 */
export function expand(
  stored: Float64Array<ArrayBuffer>,
  beats: readonly Beat[],
  factor: number,
  first: number,
  length: number,
): Float64Array<ArrayBuffer> {
  const full = new Float64Array(Math.min(length, stored.length * factor));
  let from = 0;
  let to = 0;
  const copy = (count: number) => {
    const some = stored.subarray(from, from + Math.max(0, Math.min(count, full.length - to)));
    full.set(some, to);
    from += some.length;
    to += some.length;
  };
  const stretch = (count: number) => {
    const groups = Math.floor(count / factor);
    const half = Math.floor(factor / 2);
    for (let i = 0; i < groups * factor && to < full.length && from < stored.length; i++) {
      const place = Math.min(Math.max(0, i - half), (groups - 1) * factor);
      const left = Math.floor(place / factor);
      if (from + left >= stored.length) break;
      const here = stored[from + left] ?? 0;
      const next = stored[Math.min(from + left + 1, stored.length - 1)] ?? here;
      full[to] = here + ((next - here) * (place % factor)) / factor;
      to += 1;
    }
    from += groups;
    copy(count - groups * factor);
  };
  for (const { protectedStart, protectedEnd } of beats) {
    const start = protectedStart - first;
    if (protectedEnd < protectedStart || start < to) continue;
    stretch(Math.min(start, full.length) - to);
    copy(protectedEnd - protectedStart + 1);
  }
  stretch(Math.max(0, full.length - to));
  return full.slice(0, to);
}

/** Adds the reference beat where it was subtracted; both in the same unit. */
export function addReferenceBeats(
  rhythm: Float64Array<ArrayBuffer>,
  reference: Float64Array<ArrayBuffer>,
  { fiducial, beats }: Beats,
  first: number,
): void {
  for (const beat of beats) {
    if (beat.type !== 0) continue;
    const end = Math.min(beat.end - first, rhythm.length - 1);
    for (let i = Math.max(0, beat.start - first); i <= end; i++) {
      const sample = reference[i + first - beat.fiducial + fiducial - 1];
      if (sample !== undefined) rhythm[i] = (rhythm[i] ?? 0) + sample;
    }
  }
}

/** The lead definitions of section 3: number and samples from `start` to `end`, counted from 1. */
export interface LeadDefinition {
  readonly code: number;
  readonly start: number;
  readonly end: number;
}

/** @returns the leads, and whether the reference beat was subtracted from them */
export function readLeads(body: Bytes): { readonly leads: readonly LeadDefinition[]; readonly subtracted: boolean } {
  const count = Math.min(body.u8(0), Math.floor((body.length - 2) / 9));
  const leads = Array.from({ length: Math.max(0, count) }, (_, i) => ({
    start: body.u32(2 + 9 * i),
    end: body.u32(6 + 9 * i),
    code: body.u8(10 + 9 * i),
  }));
  return { leads, subtracted: (body.u8(1) & 1) === 1 };
}
