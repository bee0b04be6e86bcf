import { type ByteSource, EcgError } from '../../ecg';
import { openFlac } from '../flac';
import type { HeaderSignal } from './header';
import type { SignalFile } from './signal-file';

/**
 * Opens a signal file of format 508, 516 or 524: a FLAC stream with one channel a signal, several samples a frame one after the other (signal(5)).
 *
 * @param bits of the format's samples
 * @throws EcgError CORRUPT_FILE when the stream has other channels or samples than the header describes, TRUNCATED_FILE
 */
export async function flacSignalFile(
  source: ByteSource,
  bits: number,
  members: readonly HeaderSignal[],
): Promise<SignalFile> {
  const [{ byteOffset, samplesPerFrame } = { byteOffset: 0, samplesPerFrame: 1 }] = members;
  const stream = await openFlac(source, byteOffset);
  const even = members.every((member) => member.samplesPerFrame === samplesPerFrame);
  if (stream.channels !== members.length || stream.bitsPerSample !== bits || !even) {
    throw new EcgError('CORRUPT_FILE', `${source.name} is not the FLAC file that its WFDB header describes.`, {
      expected: `${members.length} channels of ${bits} bits${even ? '' : ', all of one rate'}`,
      found: `${stream.channels} channels of ${stream.bitsPerSample} bits`,
      where: source.name,
    });
  }
  return {
    frames: Math.floor(stream.sampleCount / samplesPerFrame),
    read: async ({ first }, start, count) =>
      (await stream.read(start, count))[first / samplesPerFrame] ?? new Int32Array(count),
  };
}
