import type { ByteSource } from '../../ecg';
import { bytesOf } from '../sources';

export interface WrittenEdfSignal {
  readonly label: string;
  readonly unit?: string;
  readonly physical?: readonly [number | string, number | string];
  readonly digital?: readonly [number, number];
  /** Stored numbers, over all data records. */
  readonly values: readonly number[];
}

export interface EdfOptions {
  /** 16 bits (EDF) or 24 (BDF). */
  readonly bits?: 16 | 24;
  readonly records?: number;
  /** What the header says of the number of records. */
  readonly statedRecords?: number;
  readonly recordSeconds?: number | string;
  /** Seconds at which each record begins: writes an annotation signal; with gaps the variant is `EDF+D`. */
  readonly onsets?: readonly number[];
  /** Texts for each record, behind its own time: `[onset, text]`. */
  readonly texts?: readonly (readonly (readonly [onsetS: number, text: string])[])[];
  readonly variant?: string;
  readonly patient?: string;
  readonly recording?: string;
  readonly start?: string;
}

/** Bytes of an annotation signal in a record. */
const TAL = 120;

/** Writes an EDF or BDF file, field after field as the specification lists them. */
export function writeEdf(name: string, signals: readonly WrittenEdfSignal[], options: EdfOptions = {}): ByteSource {
  const {
    bits = 16,
    records = 1,
    recordSeconds = 1,
    onsets,
    patient = '',
    recording = '',
    start = '31.01.2010.20.30',
  } = options;
  const width = bits / 8;
  const counts = signals.map(({ values }) => values.length / records);
  const labels = signals.map(({ label }) => label);
  if (onsets) {
    labels.push(`${bits === 24 ? 'BDF' : 'EDF'} Annotations`);
    counts.push(TAL / width);
  }
  const field = (text: string | number, size: number) => String(text).padEnd(size).slice(0, size);
  const each = (size: number, text: (signal: WrittenEdfSignal | undefined) => string | number) =>
    labels.map((_, i) => field(text(signals[i]), size)).join('');
  const digital = 2 ** (bits - 1);
  const header = [
    field(bits === 24 ? '\xffBIOSEMI' : '0', 8),
    field(patient, 80),
    field(recording, 80),
    field(start, 16),
    field(256 * (labels.length + 1), 8),
    field(options.variant ?? (onsets ? `${bits === 24 ? 'B' : 'E'}DF+C` : ''), 44),
    field(options.statedRecords ?? records, 8),
    field(recordSeconds, 8),
    field(labels.length, 4),
    labels.map((label) => field(label, 16)).join(''),
    each(80, () => ''),
    each(8, (signal) => signal?.unit ?? 'uV'),
    each(8, (signal) => signal?.physical?.[0] ?? -digital),
    each(8, (signal) => signal?.physical?.[1] ?? digital - 1),
    each(8, (signal) => signal?.digital?.[0] ?? -digital),
    each(8, (signal) => signal?.digital?.[1] ?? digital - 1),
    each(80, () => ''),
    counts.map((count) => field(count, 8)).join(''),
    each(32, () => ''),
  ].join('');
  const bytes = [...header].map((letter) => letter.charCodeAt(0));
  for (let record = 0; record < records; record++) {
    for (const [i, { values }] of signals.entries()) {
      const count = counts[i] ?? 0;
      for (const value of values.slice(record * count, (record + 1) * count))
        for (let byte = 0; byte < width; byte++) bytes.push((value >> (8 * byte)) & 255);
    }
    if (onsets) {
      const start = bytes.length;
      const tal = `${(onsets[record] ?? 0) < 0 ? '' : '+'}${onsets[record]}\x14\x14\0`;
      const texts = (options.texts?.[record] ?? []).map(([onset, text]) => `+${onset}\x150.5\x14${text}\x14\0`);
      bytes.push(...new TextEncoder().encode(tal + texts.join('')), ...new Uint8Array(TAL));
      bytes.length = start + TAL;
    }
  }
  return bytesOf(name, Uint8Array.from(bytes));
}
