import type { Lead, LeadWaves } from '../ecg';
import type { Sheet } from './sheet';
import { toMm } from './units';

export type BandKind = keyof LeadWaves;

/** The stretch of one wave on the sheet, mm. */
export interface Band {
  readonly kind: BandKind;
  readonly x: number;
  readonly widthMm: number;
  /** Upper edge. */
  readonly y: number;
  readonly heightMm: number;
}

/** Half of what a band covers around its lead's baseline, mm; less where rows are close. */
const REACH_MM = 7;

/** Where each delineated wave stands on the sheet, from onset to offset; a wave at a column's edge is cut there. */
export function waveBands(
  { traces, scale }: Sheet,
  leads: readonly { readonly lead: Lead | null }[],
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
): readonly Band[] {
  return traces.flatMap(({ lead: index, startS, endS, x, baseline, rowMm }) => {
    const lead = leads[index]?.lead;
    const own = lead ? waves[lead] : undefined;
    if (!own) return [];
    const reach = Math.min(REACH_MM, rowMm / 2);
    return (['p', 'qrs', 't'] as const).flatMap((kind) =>
      own[kind].flatMap(({ onset, offset }): Band[] => {
        const [from, to] = [Math.max(onset, startS), Math.min(offset, endS)];
        if (to <= from) return [];
        const at = { x: x + toMm(from - startS, scale), widthMm: toMm(to - from, scale) };
        return [{ kind, ...at, y: baseline - reach, heightMm: 2 * reach }];
      }),
    );
  });
}
