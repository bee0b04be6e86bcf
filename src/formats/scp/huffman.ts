import type { Bytes } from '../bytes';

/** A code of a Huffman table: a prefix, then `extraBits` of a signed value on top of `base`; or a switch to table `base`. */
interface Code {
  readonly extraBits: number;
  readonly base: number;
  readonly isSwitch: boolean;
}

/** Codes by their prefix: its length in bits, and the bits as a number, first bit highest. */
interface Table {
  readonly codes: ReadonlyMap<number, Code>;
  readonly longest: number;
}

/** How samples are coded: as plain 16 bits, or by Huffman tables, of which the first is where every lead begins. */
export type Coding = 'raw' | readonly Table[];

/** What the number of tables says when the file uses the default table. */
const DEFAULT = 19999;
const MAX_TABLES = 64;
const MAX_CODES = 4096;
const CODE_BYTES = 9;

/**
 * The default table of EN 1064, annex C: 0; then n ones and a zero and the sign for ±n up to 8; nine ones and a zero before 8 bits,
 * ten ones before 16 bits.
 */
const DEFAULT_TABLE = tableOf([
  ['0', 0, 0],
  ...Array.from({ length: 8 }, (_, i) => i + 1).flatMap((n): [string, number, number][] => [
    [`${'1'.repeat(n)}00`, 0, n],
    [`${'1'.repeat(n)}01`, 0, -n],
  ]),
  ['1111111110', 8, 0],
  ['1111111111', 16, 0],
]);

/** How section 2 says that samples are coded; a file without it holds plain numbers. */
export function readCoding(section: Bytes | undefined): Coding {
  if (!section) return 'raw';
  const count = section.u16(0);
  if (count === DEFAULT) return [DEFAULT_TABLE];
  const tables: Table[] = [];
  let at = 2;
  for (let i = 0; i < Math.min(count, MAX_TABLES) && at + 2 <= section.length; i++) {
    const codes = Math.min(section.u16(at), MAX_CODES, Math.floor((section.length - at - 2) / CODE_BYTES));
    tables.push(ownTable(section.slice(at + 2, at + 2 + codes * CODE_BYTES)));
    at += 2 + section.u16(at) * CODE_BYTES;
  }
  // A table whose only code has no prefix codes nothing: the numbers behind it are plain.
  const plain = tables.every(({ longest }) => longest === 0);
  return tables.length === 0 || plain ? 'raw' : tables;
}

/** Codes of nine bytes: bits of the prefix and of the whole, mode (0 switches), base value, prefix with its first bit lowest. */
function ownTable(section: Bytes): Table {
  const codes = new Map<number, Code>();
  let longest = 0;
  for (let at = 0; at + CODE_BYTES <= section.length; at += CODE_BYTES) {
    const bits = section.u8(at);
    if (bits > 32) continue;
    let prefix = 0;
    const stored = section.u32(at + 5);
    for (let bit = 0; bit < bits; bit++) prefix = prefix * 2 + ((stored >>> bit) & 1);
    const extraBits = Math.min(32, Math.max(0, section.u8(at + 1) - bits));
    codes.set(keyOf(bits, prefix), { extraBits, base: section.i16(at + 3), isSwitch: section.u8(at + 2) === 0 });
    longest = Math.max(longest, bits);
  }
  return { codes, longest };
}

function tableOf(entries: readonly (readonly [prefix: string, extraBits: number, base: number])[]): Table {
  const codes = entries.map(([prefix, extraBits, base]): [number, Code] => [
    keyOf(prefix.length, Number.parseInt(prefix, 2)),
    { extraBits, base, isSwitch: false },
  ]);
  return { codes: new Map(codes), longest: Math.max(...entries.map(([prefix]) => prefix.length)) };
}

function keyOf(bits: number, prefix: number): number {
  return bits * 2 ** 32 + prefix;
}

/** The numbers in some bytes, at most `most` of them; fewer where the bytes end or no code fits. */
export function decodeNumbers(coding: Coding, bytes: Bytes, most: number): Float64Array<ArrayBuffer> {
  if (coding === 'raw') {
    return Float64Array.from({ length: Math.min(most, bytes.length >> 1) }, (_, i) => bytes.i16(2 * i));
  }
  const bitCount = 8 * bytes.length;
  const numbers = new Float64Array(Math.min(most, bitCount));
  const bitAt = (position: number) => (bytes.u8(position >> 3) >> (7 - (position & 7))) & 1;
  let table = coding[0];
  let at = 0;
  let count = 0;
  while (count < numbers.length && at < bitCount && table) {
    let prefix = 0;
    let bits = 0;
    let code = table.codes.get(keyOf(0, 0));
    while (!code && bits < table.longest && at + bits < bitCount) {
      prefix = prefix * 2 + bitAt(at + bits);
      bits += 1;
      code = table.codes.get(keyOf(bits, prefix));
    }
    if (!code || at + bits + code.extraBits > bitCount || bits + code.extraBits === 0) break;
    at += bits;
    if (code.isSwitch) {
      table = coding[code.base - 1];
      continue;
    }
    let value = 0;
    for (let bit = 0; bit < code.extraBits; bit++) value = value * 2 + bitAt(at + bit);
    if (code.extraBits > 0 && bitAt(at) === 1) value -= 2 ** code.extraBits;
    at += code.extraBits;
    numbers[count] = code.base + value;
    count += 1;
  }
  return numbers.slice(0, count);
}

/**
 * Samples from their differences, in place: 0 none, 1 first, 2 second. A sample has 16 bits: where a difference took more, it went round
 * once and comes round again.
 */
export function undoDifferences(numbers: Float64Array<ArrayBuffer>, order: number): Float64Array<ArrayBuffer> {
  if (order === 1) {
    for (let i = 1; i < numbers.length; i++) numbers[i] = sixteenBits(at(numbers, i) + at(numbers, i - 1));
  }
  if (order === 2) {
    for (let i = 2; i < numbers.length; i++) {
      numbers[i] = sixteenBits(at(numbers, i) + 2 * at(numbers, i - 1) - at(numbers, i - 2));
    }
  }
  return numbers;
}

function sixteenBits(value: number): number {
  return (value << 16) >> 16;
}

function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0;
}
