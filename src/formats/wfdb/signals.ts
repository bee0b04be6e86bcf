import { type ByteSource, EcgError, type Warning } from '../../ecg';
import { list } from '../channels';
import { extensionOf } from '../sources';
import { flacSignalFile } from './flac-signals';
import type { HeaderSignal } from './header';
import { checkMat4 } from './matlab';
import { bytesFor, FLAC_BITS, PACKINGS } from './packing';
import { type HeaderFile, signalNames } from './pairing';
import { type SignalFile, type Slot, signalFile } from './signal-file';

/** A signal that can be read: what the header says of it, and where it lies. */
export interface Signal {
  readonly header: HeaderSignal;
  readonly file: SignalFile;
  readonly slot: Slot;
  /** The value that marks a missing sample, null where the format has none. */
  readonly missing: number | null;
}

/**
 * Lays out a record's signals in their files, and checks the header's claims against the files' lengths before anything is believed.
 *
 * @returns the readable signals in the header's order, and the record's length in frames
 * @throws EcgError UNSUPPORTED_FORMAT when no signal is readable, EMPTY_FILE, TRUNCATED_FILE, CORRUPT_FILE
 */
export async function openSignals(
  headerFile: HeaderFile,
  files: readonly ByteSource[],
): Promise<{ readonly readable: readonly Signal[]; readonly frames: number; readonly warnings: readonly Warning[] }> {
  const { source, header } = headerFile;
  const skipped = header.signals.filter((signal) => !isReadable(signal));
  if (skipped.length === header.signals.length) throw nothingReadable(source.name, skipped);
  const opened = new Map<HeaderSignal, Signal>();
  let least = header.frames ?? Number.POSITIVE_INFINITY;
  for (const [index, name] of signalNames(headerFile).entries()) {
    const members = header.signals.filter(({ fileName }) => fileName === name);
    const file = files[index];
    if (!file || !members.some(isReadable)) continue;
    const laidOut = await layOut(file, members, header.frames);
    for (const signal of laidOut) opened.set(signal.header, signal);
    least = Math.min(least, ...laidOut.map((signal) => signal.file.frames));
  }
  const readable = header.signals.flatMap((signal) => opened.get(signal) ?? []);
  const warnings: Warning[] = [];
  if (header.frames === null) {
    warnings.push({
      code: 'LENGTH_FROM_DATA',
      message: 'The header gives no length; it was taken from the size of the data.',
    });
  }
  if (skipped.length > 0) {
    const message = `Left out, in a WFDB format that holds no signal or is not known: ${list(skipped.map(describe))}.`;
    warnings.push({ code: 'SIGNAL_SKIPPED', message });
  }
  return { readable, frames: least, warnings };
}

/** The signals of one file. They share its format and offset, and follow one another in each frame. */
async function layOut(file: ByteSource, members: readonly HeaderSignal[], frames: number | null): Promise<Signal[]> {
  const [{ format, byteOffset } = { format: 0, byteOffset: 0 }] = members;
  const stray = members.find((member) => member.format !== format || member.byteOffset !== byteOffset);
  if (stray) {
    const found = `${stray.format}+${stray.byteOffset}`;
    const detail = { expected: `format ${format}+${byteOffset} for all its signals`, found, where: file.name };
    throw new EcgError('CORRUPT_FILE', `The header gives ${file.name} two formats at once.`, detail);
  }
  if (file.size === 0) throw new EcgError('EMPTY_FILE', `${file.name} is empty.`, { where: file.name });
  const { signals, missing } = await openSignalFile(file, members, frames);
  let first = 0;
  return members.map((header) => {
    const slot = { first, count: header.samplesPerFrame, initialValue: header.initialValue };
    first += header.samplesPerFrame;
    return { header, file: signals, slot, missing };
  });
}

/** The file's frames, at least as many as the header promises. */
async function openSignalFile(
  file: ByteSource,
  members: readonly HeaderSignal[],
  frames: number | null,
): Promise<{ readonly signals: SignalFile; readonly missing: number | null }> {
  const [{ format, byteOffset } = { format: 0, byteOffset: 0 }] = members;
  const frameSamples = members.reduce((sum, { samplesPerFrame }) => sum + samplesPerFrame, 0);
  const packing = PACKINGS.get(format);
  const bits = FLAC_BITS.get(format) ?? 8;
  const signals = packing
    ? signalFile(file, packing, byteOffset, frameSamples)
    : await flacSignalFile(file, bits, members);
  if (signals.frames < (frames ?? 1)) {
    const needed = packing ? byteOffset + bytesFor(packing, (frames ?? 1) * frameSamples) : null;
    const message = `${file.name} is cut off: it holds ${percent(signals.frames, frames)} of what its header promises.`;
    throw new EcgError('TRUNCATED_FILE', message, {
      expected: needed === null ? `${frames ?? 1} frames` : `${needed} bytes`,
      found: needed === null ? `${signals.frames} frames` : `${file.size} bytes`,
      where: file.name,
    });
  }
  if (packing && extensionOf(file.name) === 'mat') await checkMat4(file, format, byteOffset, frameSamples, frames);
  return { signals, missing: packing ? packing.missing : -(2 ** (bits - 1)) };
}

function isReadable({ format, fileName }: HeaderSignal): boolean {
  return (PACKINGS.has(format) || FLAC_BITS.has(format)) && fileName !== '~';
}

function nothingReadable(where: string, signals: readonly HeaderSignal[]): EcgError {
  if (signals.length === 0) return new EcgError('CORRUPT_FILE', `${where} describes no signal.`, { where });
  const formats = [...new Set(signals.map(({ format }) => format))];
  const reasons = formats.map((format) => `${format} (${format === 0 ? 'null signals' : 'unknown'})`);
  const message = `${where} uses WFDB format ${list(reasons)}, in which there is nothing to read.`;
  return new EcgError('UNSUPPORTED_FORMAT', message, {
    expected: `one of ${[...PACKINGS.keys(), ...FLAC_BITS.keys()].join(', ')}`,
    found: formats.join(', '),
    where,
  });
}

function describe({ name, format }: HeaderSignal): string {
  return `${name || 'a signal'} (format ${format})`;
}

function percent(found: number, expected: number | null): string {
  return expected === null ? 'nothing' : `${Math.floor((100 * found) / expected)} %`;
}
