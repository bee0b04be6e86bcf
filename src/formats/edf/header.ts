import { type ByteSource, EcgError } from '../../ecg';

/** One signal of the header, as the file spells it. */
export interface EdfSignal {
  readonly label: string;
  readonly transducer: string;
  readonly unit: string;
  readonly physicalMin: number;
  readonly physicalMax: number;
  readonly digitalMin: number;
  readonly digitalMax: number;
  readonly samplesPerRecord: number;
  /** Bytes of this signal's first sample in a record. */
  readonly offset: number;
}

export interface EdfHeader {
  /** 2 in EDF, 3 in BDF. */
  readonly sampleBytes: 2 | 3;
  /** `EDF+C`, `BDF+D`, or empty in the plain formats. */
  readonly variant: string;
  readonly patient: string;
  readonly recording: string;
  /** `04.04.11` and `12.57.02`. */
  readonly date: string;
  readonly time: string;
  readonly headerBytes: number;
  /** Data records, or null where the header says −1: not known when it was written. */
  readonly records: number | null;
  readonly recordSeconds: number;
  readonly recordBytes: number;
  readonly signals: readonly EdfSignal[];
}

const FIXED_BYTES = 256;
const SIGNAL_BYTES = 256;
const MAX_SIGNALS = 4096;
const MAX_RECORD_SAMPLES = 2 ** 28;

/** True for the first bytes of EDF (version 0) and BDF (255, BIOSEMI) with a header length that fits their number of signals. */
export function isEdf(head: Uint8Array): boolean {
  if (head.length < FIXED_BYTES) return false;
  const text = latin1(head.subarray(0, FIXED_BYTES));
  const count = Number(text.slice(252, 256));
  const version = /^0 {7}/.test(text) || /^\xffBIOSEMI/.test(text);
  return (
    version && (/^\d\d.\d\d.\d\d/.test(text.slice(168, 176)) || Number(text.slice(184, 192)) === 256 * (count + 1))
  );
}

/**
 * Reads the header after the public EDF specification (Kemp et al., 1992; EDF+, Kemp and Olivan, 2003) and BioSemi's for 24 bits.
 *
 * @throws EcgError TRUNCATED_FILE, CORRUPT_FILE, TOO_LARGE
 */
export async function readHeader(source: ByteSource): Promise<EdfHeader> {
  const where = source.name;
  const fixed = latin1(await source.read(0, FIXED_BYTES));
  const count = whole(fixed.slice(252, 256), 'the number of signals', where);
  if (count < 1 || count > MAX_SIGNALS) throw corrupt(where, `1 to ${MAX_SIGNALS} signals`, `${count}`);
  const end = FIXED_BYTES + count * SIGNAL_BYTES;
  const text = latin1(await source.read(FIXED_BYTES, end));
  if (text.length < count * SIGNAL_BYTES) {
    const detail = { expected: `${end} bytes of header`, found: `${source.size} bytes`, where };
    throw new EcgError('TRUNCATED_FILE', `${where} is cut off inside its header.`, detail);
  }
  const column = columns(text, count);
  const sampleBytes = fixed.charCodeAt(0) === 255 ? 3 : 2;
  let offset = 0;
  const signals = Array.from({ length: count }, (_, i): EdfSignal => {
    const samplesPerRecord = whole(column.samples(i), 'samples in a record', where);
    const signal = {
      label: column.label(i),
      transducer: column.transducer(i),
      unit: column.unit(i),
      physicalMin: decimal(column.physicalMin(i)),
      physicalMax: decimal(column.physicalMax(i)),
      digitalMin: decimal(column.digitalMin(i)),
      digitalMax: decimal(column.digitalMax(i)),
      samplesPerRecord,
      offset,
    };
    offset += samplesPerRecord * sampleBytes;
    return signal;
  });
  if (offset > MAX_RECORD_SAMPLES) {
    throw new EcgError('TOO_LARGE', `${where} claims data records that no recorder writes.`, {
      found: `${offset}`,
      where,
    });
  }
  const recordSeconds = decimal(fixed.slice(244, 252));
  if (offset === 0 || !(recordSeconds >= 0)) throw corrupt(where, 'data records with samples', `${offset} bytes`);
  const stated = decimal(fixed.slice(184, 192));
  const records = whole(fixed.slice(236, 244), 'the number of data records', where);
  return {
    sampleBytes,
    variant: /^[EB]DF\+[CD]/.exec(fixed.slice(192, 236))?.[0] ?? '',
    patient: fixed.slice(8, 88).trim(),
    recording: fixed.slice(88, 168).trim(),
    date: fixed.slice(168, 176),
    time: fixed.slice(176, 184),
    headerBytes: stated >= end && stated <= source.size ? stated : end,
    records: records < 0 ? null : records,
    recordSeconds,
    recordBytes: offset,
    signals,
  };
}

/** The per-signal fields lie column by column: all labels, then all transducers, and so on. */
function columns(text: string, count: number) {
  let start = 0;
  const next = (width: number) => {
    const from = start;
    start += width * count;
    return (i: number) =>
      text
        .slice(from + i * width, from + (i + 1) * width)
        .replaceAll('\0', ' ')
        .trim();
  };
  const label = next(16);
  const transducer = next(80);
  const unit = next(8);
  const [physicalMin, physicalMax, digitalMin, digitalMax] = [next(8), next(8), next(8), next(8)] as const;
  next(80);
  return { label, transducer, unit, physicalMin, physicalMax, digitalMin, digitalMax, samples: next(8) };
}

/** NaN where there is no number. Some recorders write the decimal comma of their country. */
function decimal(text: string): number {
  const plain = text.replaceAll('\0', ' ').trim().replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

function whole(text: string, what: string, where: string): number {
  const value = decimal(text);
  if (!Number.isInteger(value) || value < -1) throw corrupt(where, `${what}, a whole number`, text.trim());
  return value;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}

function corrupt(where: string, expected: string, found: string): EcgError {
  return new EcgError('CORRUPT_FILE', `${where} has no readable EDF header.`, { expected, found, where });
}
