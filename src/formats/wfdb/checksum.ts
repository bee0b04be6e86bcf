import type { Channel, Warning } from '../../ecg';
import { list } from '../channels';
import type { Signal } from './signals';

/** Samples that are read at opening for the sake of their checksums: 10 s of 12 leads at 1 kHz eight times over, never a Holter. */
const CHECKED_SAMPLES = 2 ** 20;

/**
 * Compares the header's 16-bit checksums (header(5): the sum of all samples of a signal) with the samples, in short records.
 * A zero counts as not given: many writers put it there.
 */
export async function checksumWarnings(
  signals: readonly Signal[],
  channels: readonly Channel[],
  frames: number,
): Promise<readonly Warning[]> {
  if (frames * signals.reduce((sum, { slot }) => sum + slot.count, 0) > CHECKED_SAMPLES) return [];
  const wrong: string[] = [];
  for (const [index, { header, file, slot }] of signals.entries()) {
    if (!header.checksum) continue;
    const samples = await file.read(slot, 0, frames * slot.count);
    const sum = samples.reduce((total, sample) => (total + sample) & 0xffff, 0);
    if (sum !== (header.checksum & 0xffff)) wrong.push(channels[index]?.name ?? '');
  }
  if (wrong.length === 0) return [];
  const message = `${list(wrong)}: the samples do not add up to the header's checksum; the file was changed or damaged.`;
  return [{ code: 'CHECKSUM_MISMATCH', message }];
}
