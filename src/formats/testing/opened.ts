import { expect } from 'vitest';
import type { ByteSource, EcgError, ErrorCode, Recording } from '../../ecg';
import { bytesOf, openFiles, type ReadOptions } from '..';

/** The one recording in some files; fails the test when there is an error or another number of them. */
export async function openOne(files: readonly ByteSource[], options: ReadOptions = {}): Promise<Recording> {
  const outcomes = await openFiles(files, options);
  const [outcome] = outcomes;
  if (outcomes.length !== 1 || !outcome) throw new Error(`${outcomes.length} outcomes`);
  if ('error' in outcome) throw outcome.error;
  return outcome.recording;
}

/** The one error that some files give; fails the test when its code is another. */
export async function errorOf(
  files: readonly ByteSource[],
  code: ErrorCode,
  options: ReadOptions = {},
): Promise<EcgError> {
  const outcomes = await openFiles(files, options);
  expect(outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : 'no error'))).toEqual([code]);
  const [outcome] = outcomes;
  if (!outcome || !('error' in outcome)) throw new Error('no error');
  return outcome.error;
}

/** All samples of all channels. */
export async function allSamples(recording: Recording): Promise<Float32Array[]> {
  return Promise.all(recording.channels.map(({ sampleCount }, index) => recording.samples(index, 0, sampleCount)));
}

export function textFile(name: string, text: string): ByteSource {
  return bytesOf(name, new TextEncoder().encode(text));
}

export function warningCodes({ warnings }: Recording): string[] {
  return warnings.map(({ code }) => code);
}
