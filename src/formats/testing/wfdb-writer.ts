import type { ByteSource } from '../../ecg';
import { bytesOf } from '../sources';
import { writeFlac } from './flac-writer';

/** A signal to be written: converter values and what the header says of them. */
export interface WrittenSignal {
  readonly name?: string;
  readonly format: number;
  /** Converter values, one after the other (with `samplesPerFrame` > 1 as many to a frame). */
  readonly values: readonly number[];
  /** As in the header, `200(0)/mV`. */
  readonly gain?: string;
  readonly samplesPerFrame?: number;
  readonly skew?: number;
  readonly file?: string;
  readonly checksum?: number;
}

const FLAC_BITS = new Map([
  [508, 8],
  [516, 16],
  [524, 24],
]);

/** Writes a WFDB record by bit strings, on purpose in another way than the reader: header first, then its signal files. */
export function writeRecord(
  name: string,
  rate: string,
  signals: readonly WrittenSignal[],
  {
    comments = [],
    length = true,
    prefix = new Uint8Array(0),
  }: { comments?: readonly string[]; length?: boolean; prefix?: Uint8Array } = {},
): ByteSource[] {
  const frames = (signals[0]?.values.length ?? 0) / (signals[0]?.samplesPerFrame ?? 1);
  const offset = prefix.length > 0 ? `+${prefix.length}` : '';
  const lines = signals.map((signal) => {
    const { values, format, gain = '200(0)/mV', samplesPerFrame = 1, skew = 0, file = `${name}.dat` } = signal;
    const shape = `${samplesPerFrame > 1 ? `x${samplesPerFrame}` : ''}${skew > 0 ? `:${skew}` : ''}${offset}`;
    const checksum = signal.checksum ?? values.reduce((sum, value) => ((sum + value) << 16) >> 16, 0);
    return `${file} ${format}${shape} ${gain} 16 0 ${values[0]} ${checksum} 0 ${signal.name ?? ''}`.trimEnd();
  });
  const text = [
    `${name} ${signals.length} ${rate}${length ? ` ${frames}` : ''}`,
    ...lines,
    ...comments.map((line) => `#${line}`),
    '',
  ];
  const files = [...new Set(signals.map(({ file = `${name}.dat` }) => file))];
  return [
    bytesOf(`${name}.hea`, new TextEncoder().encode(text.join('\n'))),
    ...files.map((file) => {
      const members = signals.filter((signal) => (signal.file ?? `${name}.dat`) === file);
      const format = members[0]?.format ?? 16;
      const data = FLAC_BITS.has(format)
        ? writeFlac(
            members.map(({ values }) => values),
            FLAC_BITS.get(format) ?? 16,
          )
        : encode(format, interleave(members, frames), members.length);
      return bytesOf(file, Uint8Array.from([...prefix, ...data]));
    }),
  ];
}

/** The bytes of interleaved values in a format of signal(5). Format 8 takes differences between values `stride` apart. */
export function encode(format: number, values: readonly number[], stride = 1): number[] {
  if (format === 8) return values.map((value, i) => (i < stride ? 0 : value - (values[i - stride] ?? 0)) & 255);
  if (format === 80) return values.map((value) => value + 128);
  if (format === 212) return pairs(values).flatMap(([first, second]) => encodePair(first, second));
  if (format === 160)
    return encode(
      16,
      values.map((value) => value + 32768),
    );
  if (format === 310 || format === 311) return triples(format, values);
  const size = { 16: 16, 61: 16, 24: 24, 32: 32 }[format] ?? 16;
  return values.flatMap((value) => {
    const bigEndian = (bits(value, size).match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
    return format === 61 ? bigEndian : bigEndian.reverse();
  });
}

/** Low byte of the first; high nibble of the second and of the first; low byte of the second. */
function encodePair(first: number, second: number | undefined): number[] {
  const a = bits(first, 12);
  const b = bits(second ?? 0, 12);
  const bytes = [a.slice(4), b.slice(0, 4) + a.slice(0, 4), b.slice(4)].map((byte) => Number.parseInt(byte, 2));
  return second === undefined ? bytes.slice(0, 2) : bytes;
}

/** Three 10-bit samples in four bytes; the last unit is cut after the byte in which its samples end. */
function triples(format: 310 | 311, values: readonly number[]): number[] {
  return Array.from({ length: Math.ceil(values.length / 3) }, (_, unit) => {
    const three = values.slice(3 * unit, 3 * unit + 3);
    const [a = '', b = '', c = ''] = [0, 1, 2].map((i) => bits(three[i] ?? 0, 10));
    const word = format === 311 ? `00${c}${b}${a}` : `${c.slice(0, 5)}${b}0${c.slice(5)}${a}0`;
    const bytes = (word.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)).reverse();
    return bytes.slice(0, three.length === 3 ? 4 : format === 310 ? 2 * three.length : 1 + three.length);
  }).flat();
}

function bits(value: number, size: number): string {
  return (value < 0 ? 2 ** size + value : value).toString(2).padStart(size, '0');
}

function pairs(values: readonly number[]): [number, number | undefined][] {
  return values.flatMap((value, i): [number, number | undefined][] => (i % 2 === 0 ? [[value, values[i + 1]]] : []));
}

function interleave(signals: readonly WrittenSignal[], frames: number): number[] {
  return Array.from({ length: frames }, (_, frame) =>
    signals.flatMap(({ values, samplesPerFrame = 1 }) =>
      values.slice(frame * samplesPerFrame, (frame + 1) * samplesPerFrame),
    ),
  ).flat();
}
