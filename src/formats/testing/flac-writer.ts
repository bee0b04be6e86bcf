/** How a channel's block is written. `lpc` predicts with the coefficients 3, −3, 1 in halves: the same as the third fixed predictor. */
export type SubframeKind = 'constant' | 'verbatim' | 'fixed' | 'lpc' | 'escaped';
export type Stereo = 'independent' | 'left-side' | 'side-right' | 'mid-side';

export interface FlacOptions {
  readonly kind?: SubframeKind;
  readonly stereo?: Stereo;
  readonly blockSize?: number;
  /** Low zero bits that are taken off every sample. */
  readonly wasted?: number;
  /** False writes a stream that does not say how long it is. */
  readonly total?: boolean;
}

/** Writes a FLAC stream by bit strings, on purpose in another way than the reader. */
export function writeFlac(
  channels: readonly (readonly number[])[],
  bitsPerSample: number,
  { kind = 'fixed', stereo = 'independent', blockSize = 192, wasted = 0, total = true }: FlacOptions = {},
): Uint8Array {
  const length = channels[0]?.length ?? 0;
  const info = [
    unsigned(blockSize, 16),
    unsigned(blockSize, 16),
    unsigned(0, 48),
    unsigned(44100, 20),
    unsigned(channels.length - 1, 3),
    unsigned(bitsPerSample - 1, 5),
    unsigned(total ? length : 0, 36),
    unsigned(0, 128),
  ].join('');
  const padding = [1 | 0x80, 0, 0, 3, 0, 0, 0];
  const bytes = [...'fLaC'].map((letter) => letter.charCodeAt(0)).concat(0, 0, 0, 34, toBytes(info), padding);
  for (let start = 0; start < length; start += blockSize) {
    const block = channels.map((channel) => channel.slice(start, start + blockSize));
    bytes.push(...frame(block, start / blockSize, bitsPerSample, kind, stereo, wasted));
  }
  return Uint8Array.from(bytes);
}

const ASSIGNMENTS = { independent: -1, 'left-side': 8, 'side-right': 9, 'mid-side': 10 };

function frame(
  block: readonly (readonly number[])[],
  number: number,
  width: number,
  kind: SubframeKind,
  stereo: Stereo,
  wasted: number,
): number[] {
  const size = block[0]?.length ?? 0;
  const assignment = stereo === 'independent' ? block.length - 1 : ASSIGNMENTS[stereo];
  // Sync, fixed blocks; block size in 16 bits after the number; rate and sample size from the stream.
  const head = toBytes(`111111111111100001110000${unsigned(assignment, 4)}0000`).concat(
    coded(number),
    toBytes(unsigned(size - 1, 16)),
  );
  head.push(remainder(head, 8, 0x07));
  const [left = [], right = []] = block;
  const side = left.map((value, i) => value - (right[i] ?? 0));
  const mid = left.map((value, i) => Math.floor((value + (right[i] ?? 0)) / 2));
  const written = {
    independent: block,
    'left-side': [left, side],
    'side-right': [side, right],
    'mid-side': [mid, side],
  }[stereo];
  const body = written.map((values) => subframe(values, values === side ? width + 1 : width, kind, wasted)).join('');
  const whole = head.concat(toBytes(body.padEnd(8 * Math.ceil(body.length / 8), '0')));
  const crc = remainder(whole, 16, 0x8005);
  return whole.concat(crc >> 8, crc & 255);
}

function subframe(full: readonly number[], fullWidth: number, kind: SubframeKind, wasted: number): string {
  const values = full.map((value) => value / 2 ** wasted);
  const width = fullWidth - wasted;
  const flag = wasted > 0 ? `1${'0'.repeat(wasted - 1)}1` : '0';
  if (kind === 'constant') return `0000000${flag}${signed(values[0] ?? 0, width)}`;
  if (kind === 'verbatim') return `0000001${flag}${values.map((value) => signed(value, width)).join('')}`;
  const order = Math.min(3, values.length);
  const at = (i: number) => values[i] ?? 0;
  const predicted = (i: number) =>
    [0, at(i - 1), 2 * at(i - 1) - at(i - 2), 3 * at(i - 1) - 3 * at(i - 2) + at(i - 3)][order] ?? 0;
  const residual = values.slice(order).map((value, i) => value - predicted(order + i));
  const warmup = values
    .slice(0, order)
    .map((value) => signed(value, width))
    .join('');
  const lpc = kind === 'lpc' && order === 3;
  const type = lpc ? '100010' : `001${unsigned(order, 3)}`;
  const predictor = lpc ? `${unsigned(4, 4)}${signed(1, 5)}${[6, -6, 2].map((c) => signed(c, 5)).join('')}` : '';
  return `0${type}${flag}${warmup}${predictor}${kind === 'escaped' ? escaped(residual, width) : rice(residual, values.length)}`;
}

/** Two partitions where the block allows it, Rice parameters of four bits; five where the numbers are large. */
function rice(residual: readonly number[], size: number): string {
  const folded = residual.map((value) => (value < 0 ? -2 * value - 1 : 2 * value));
  const parameter = Math.max(0, Math.ceil(Math.log2(1 + Math.max(0, ...folded))) - 2);
  const width = parameter > 14 ? 5 : 4;
  const code = (value: number) =>
    `${'0'.repeat(Math.floor(value / 2 ** parameter))}1${unsigned(value % 2 ** parameter, parameter)}`;
  const split = size % 2 === 0 && size >= 8 ? size / 2 - (size - residual.length) : residual.length;
  const partitions = split < residual.length ? [folded.slice(0, split), folded.slice(split)] : [folded];
  return `0${width - 4}${unsigned(partitions.length - 1, 4)}${partitions
    .map((part) => unsigned(parameter, width) + part.map(code).join(''))
    .join('')}`;
}

function escaped(residual: readonly number[], width: number): string {
  const bits = Math.min(31, width + 3);
  return `0000001111${unsigned(bits, 5)}${residual.map((value) => signed(value, bits)).join('')}`;
}

/** A number as in UTF-8. */
function coded(number: number): number[] {
  return [...new TextEncoder().encode(String.fromCodePoint(number))];
}

/** Remainder of a division of polynomials over all bits, one by one. */
function remainder(bytes: readonly number[], width: number, polynomial: number): number {
  let rest = 0;
  for (const bit of bytes.map((byte) => unsigned(byte, 8)).join('')) {
    const carry = Math.floor(rest / 2 ** (width - 1)) !== Number(bit);
    rest = (rest * 2) % 2 ** width;
    if (carry) rest ^= polynomial;
  }
  return rest;
}

function unsigned(value: number, bits: number): string {
  return bits === 0 ? '' : value.toString(2).padStart(bits, '0');
}

function signed(value: number, bits: number): string {
  return unsigned(value < 0 ? 2 ** bits + value : value, bits);
}

function toBytes(bits: string): number[] {
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}
