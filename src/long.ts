import { fromBothEnds } from './both-ends';
import type { Ecg, Recording } from './ecg';
import type { EcgSource } from './inference';
import type { Network } from './networks';
import { partOf, stretch } from './signal';
import { type Found, joinParts, partsBehind, searchPart, type Waves } from './waves';

/** All but beats and pauses is measured on at most this much signal, seconds; beats are looked for, and the network looks, in the whole length. */
export const MEASURED_S = 1800;

/** From so many parts on, another worker is worth its start. */
const WORTH_AID = 3;

export interface Progress {
  readonly signal?: AbortSignal;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Another worker, which searches the part of a long recording that begins there, seconds; null where there is none to spare. */
  readonly aid?: (startS: number) => Promise<Found | null>;
}

/**
 * What the stages of an analysis tell of their own share, as shares of the whole: the classifier counts as much as one part. In whole hundredths, or
 * the thousands of steps of a day would keep the page's own thread busy.
 */
export function stagesOf(durationS: number, progress: Progress) {
  const parts = 1 + partsBehind(MEASURED_S, durationS).length;
  let told = -1;
  const stage = (before: number, own: number): Progress => ({
    ...progress,
    onProgress(share) {
      const percent = Math.floor((100 * (before + own * share)) / (parts + 1));
      if (percent > told) progress.onProgress?.(percent / 100);
      told = Math.max(told, percent);
    },
  });
  return { measuring: stage(0, 1), searching: stage(0, parts), classifying: stage(parts, 1) };
}

/** The waves of a stretch, lead by lead. Null without a network. */
export async function delineate(recording: Recording, ecg: Ecg, network: Network | null, progress: Progress) {
  progress.signal?.throwIfAborted();
  if (!network) return null;
  const { delineator, rules } = network;
  const { startS, durationS } = ecg;
  const source = sourceOf(recording, ecg, startS, durationS);
  const maps = await delineator.delineate(source, progress.signal, progress.onProgress);
  return { maps: maps.map((map) => ({ ...map, startS: map.startS + startS })), rules };
}

/** The beats of the whole recording, where it is longer than what was measured; the reader is told what share of it has been searched. */
export async function beyond(
  recording: Recording,
  measured: Waves,
  network: Network | null,
  { signal, onProgress, aid }: Progress,
): Promise<Found> {
  const starts = partsBehind(MEASURED_S, recording.durationS);
  const parts = starts.length + 1;
  let done = 1;
  const own = async (startS: number) => {
    const tell = (share: number) => onProgress?.((done + share) / parts);
    const found = await searchLongPart(recording, startS, network, { ...(signal && { signal }), onProgress: tell });
    done++;
    return found;
  };
  const its = async (startS: number) => {
    const found = await aid?.(startS);
    if (found) done++;
    return found ?? null;
  };
  return joinParts(measured, await fromBothEnds(starts, own, starts.length >= WORTH_AID ? its : null));
}

/** One part of a long recording: its beats and pauses. */
export function searchLongPart(
  recording: Recording,
  startS: number,
  network: Network | null,
  progress: Progress,
): Promise<Found> {
  const source = {
    durationS: recording.durationS,
    read: (fromS: number, lengthS: number) => stretch(recording, fromS, lengthS),
  };
  return searchPart(source, startS, (part) => delineate(recording, part, network, progress));
}

/** A stretch as a source of its own, from 0 seconds on. What was read for the measurements is not read again. */
export function sourceOf(recording: Recording, ecg: Ecg, fromS: number, durationS: number): EcgSource {
  return {
    durationS,
    read: async (startS, lengthS) => {
      const part = partOf(ecg, fromS + startS, lengthS) ?? (await stretch(recording, fromS + startS, lengthS));
      return fromS === 0 ? part : { ...part, startS };
    },
  };
}
