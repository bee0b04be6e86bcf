import { type ByteSource, EcgError, type Warning } from '../../ecg';
import { list } from '../channels';
import { extensionOf } from '../sources';
import type { HeaderSignal } from './header';
import { checkMat4 } from './matlab';
import { bytesFor, PACKINGS, type Packing, UNREAD } from './packing';
import { type HeaderFile, signalNames } from './pairing';
import { type SignalFile, type Slot, signalFile } from './signal-file';

/** A signal that can be read: what the header says of it, and where it lies. */
export interface Signal {
  readonly header: HeaderSignal;
  readonly file: SignalFile;
  readonly slot: Slot;
  readonly packing: Packing;
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
    const message = `Left out, in a WFDB format that this version does not read: ${list(skipped.map(describe))}.`;
    warnings.push({ code: 'SIGNAL_SKIPPED', message });
  }
  return { readable, frames: least, warnings };
}

/** The signals of one file. They share its format and offset, and follow one another in each frame. */
async function layOut(file: ByteSource, members: readonly HeaderSignal[], frames: number | null): Promise<Signal[]> {
  const [{ format, byteOffset } = { format: 0, byteOffset: 0 }] = members;
  const packing = PACKINGS.get(format);
  const stray = members.find((member) => member.format !== format || member.byteOffset !== byteOffset);
  if (stray || !packing) {
    const found = `${stray?.format}+${stray?.byteOffset}`;
    const detail = { expected: `format ${format}+${byteOffset} for all its signals`, found, where: file.name };
    throw new EcgError('CORRUPT_FILE', `The header gives ${file.name} two formats at once.`, detail);
  }
  if (file.size === 0) throw new EcgError('EMPTY_FILE', `${file.name} is empty.`, { where: file.name });
  const frameSamples = members.reduce((sum, { samplesPerFrame }) => sum + samplesPerFrame, 0);
  const signals = signalFile(file, packing, byteOffset, frameSamples);
  const needed = byteOffset + bytesFor(packing, (frames ?? 1) * frameSamples);
  if (signals.frames < (frames ?? 1)) {
    const message = `${file.name} is cut off: it holds ${percent(signals.frames, frames)} of what its header promises.`;
    throw new EcgError('TRUNCATED_FILE', message, {
      expected: `${needed} bytes`,
      found: `${file.size} bytes`,
      where: file.name,
    });
  }
  if (extensionOf(file.name) === 'mat') await checkMat4(file, format, byteOffset, frameSamples, frames);
  let first = 0;
  return members.map((header) => {
    const slot = { first, count: header.samplesPerFrame, initialValue: header.initialValue };
    first += header.samplesPerFrame;
    return { header, file: signals, slot, packing };
  });
}

function isReadable({ format, fileName }: HeaderSignal): boolean {
  return PACKINGS.has(format) && fileName !== '~';
}

function nothingReadable(where: string, signals: readonly HeaderSignal[]): EcgError {
  if (signals.length === 0) return new EcgError('CORRUPT_FILE', `${where} describes no signal.`, { where });
  const formats = [...new Set(signals.map(({ format }) => format))];
  const reasons = formats.map((format) => `${format} (${UNREAD.get(format) ?? 'unknown'})`);
  const message = `${where} uses WFDB format ${list(reasons)}, which this version does not read.`;
  return new EcgError('UNSUPPORTED_FORMAT', message, {
    expected: `one of ${[...PACKINGS.keys()].join(', ')}`,
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
