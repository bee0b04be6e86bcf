import type { Ecg, Recording } from './ecg';
import type { SingleLead } from './findings';
import type { Network } from './networks';
import { asLeadOne, stretch } from './signal';
import { measure, rhythmFeatures, type Waves } from './waves';
import { say } from './words/say';

/** The head learned on recordings of 9 to 61 s, and the network on windows from 5 s on. */
const SHORTEST_S = 5;
const LONGEST_S = 65;

/**
 * What the single-lead rhythm head says of a recording of one lead, whatever the file calls that lead; null of any other recording.
 *
 * @param measured what was measured of it, where its lead has a standard name
 * @throws the signal's reason when it is aborted
 */
export async function readSingleLead(
  recording: Recording,
  measured: Waves,
  chaotic: boolean,
  network: Network,
  signal?: AbortSignal,
): Promise<SingleLead | null> {
  const [channel] = recording.channels;
  if (recording.channels.length !== 1 || !channel) return null;
  const { durationS } = recording;
  if (durationS < SHORTEST_S || durationS > LONGEST_S) return { reason: say('shortRecordingsOnly', {}) };
  if (chaotic) return { reason: say('noHeartbeat', {}) };
  const own = asLeadOne(recording);
  const ecg = await stretch(own, 0, durationS);
  const source = { durationS, read: (startS: number, lengthS: number) => stretch(own, startS, lengthS) };
  const waves = channel.lead === null ? await measureAgain(ecg, source, network, signal) : measured;
  const reader = await network.rhythm.reader();
  const probabilities = await reader.read(source, rhythmFeatures(ecg, waves), signal);
  return probabilities ? { probabilities } : { reason: say('leadUnreadable', {}) };
}

/** A lead without a standard name has not been delineated: here it is, for this head alone. */
async function measureAgain(
  ecg: Ecg,
  source: { readonly durationS: number; read(startS: number, lengthS: number): Promise<Ecg> },
  { delineator, rules }: Network,
  signal?: AbortSignal,
): Promise<Waves> {
  return measure(ecg, { maps: await delineator.delineate(source, signal), rules });
}
