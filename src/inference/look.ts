import { type DelineatorCard, type Lead, WAVE_CLASSES } from '../ecg';
import { rowMultiple, type Segmenter } from '../network';
import type { Chunk } from './chunks';
import type { EcgSource } from './encode';
import { networkInput } from './input';
import { leadRows } from './rows';

/** Probabilities [T · 4] of each lead that the recording has; null where it has no signal. */
export type Seen = ReadonlyMap<Lead, Float32Array<ArrayBuffer> | null>;

export const CLASSES = WAVE_CLASSES.length;

/** What the U-Net makes of one chunk, from `from` to `to`. */
export async function look(
  { architecture, input }: DelineatorCard,
  segmenter: Segmenter,
  source: EcgSource,
  { from, to }: Chunk,
): Promise<Seen> {
  const startS = Math.floor(from / input.samplingRateHz);
  const endS = Math.min(source.durationS, to / input.samplingRateHz);
  const readS = Math.max(0, startS - input.contextS);
  const ecg = await source.read(readS, Math.min(source.durationS, endS + input.contextS) - readS);
  const given = networkInput(ecg, startS, endS - startS, input);
  const skipped = from - startS * input.samplingRateHz;
  const { rows, leads, steps } = leadRows(given, architecture.channels, skipped, rowMultiple(architecture));
  const logits = leads.length > 0 ? await segmenter.run(rows, leads.length) : new Float32Array();
  softmax(logits);
  return new Map(
    input.leads.flatMap((lead, i) => {
      if (!ecg.leads.some((recorded) => recorded.lead === lead)) return [];
      const start = leads.indexOf(i) * steps * CLASSES;
      return [[lead, start < 0 ? null : logits.subarray(start, start + (to - from) * CLASSES)] as const];
    }),
  );
}

/** `count` samples of every lead, from sample `start` on, fewer at the end; not copied. */
export function cut(seen: Seen, start: number, count: number): Seen {
  return new Map(
    [...seen].map(([lead, all]) => [lead, all?.subarray(start * CLASSES, (start + count) * CLASSES) ?? null] as const),
  );
}

/** Fades from `before` to what follows in `kept`, in place, where both have a signal. */
export function blend(before: Seen, kept: Seen, fade: number): void {
  for (const [lead, next] of kept) {
    const last = before.get(lead);
    if (!last || !next) continue;
    for (let i = 0; i < Math.min(last.length, next.length); i++) {
      const share = (Math.floor(i / CLASSES) + 0.5) / fade;
      next[i] = share * (next[i] ?? 0) + (1 - share) * (last[i] ?? 0);
    }
  }
}

/** Logits to probabilities, four at a time, in place. */
function softmax(logits: Float32Array): void {
  for (let i = 0; i < logits.length; i += CLASSES) {
    let greatest = logits[i] ?? 0;
    for (let c = 1; c < CLASSES; c++) greatest = Math.max(greatest, logits[i + c] ?? 0);
    let sum = 0;
    for (let c = 0; c < CLASSES; c++) {
      const odds = Math.exp((logits[i + c] ?? 0) - greatest);
      logits[i + c] = odds;
      sum += odds;
    }
    for (let c = 0; c < CLASSES; c++) logits[i + c] = (logits[i + c] ?? 0) / sum;
  }
}
