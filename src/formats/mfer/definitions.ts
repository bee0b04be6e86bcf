import { type ByteSource, EcgError } from '../../ecg';
import { type Bytes, bytesView } from '../bytes';
import { pager } from '../pager';
import { type ChannelState, stateOf, TAG } from './state';
import { decoderOf, unsigned } from './values';

/** One waveform block: where it lies and how it is laid out. */
export interface Frame {
  readonly start: number;
  readonly length: number;
  readonly littleEndian: boolean;
  /** Sequences that the file promises, or null. */
  readonly sequences: number | null;
  /** Waveform type; 9 is a dominant beat. */
  readonly kind: number;
  readonly channels: readonly ChannelState[];
}

/** The texts and numbers that describe the recording, by their tag. */
export interface Definitions {
  readonly frames: readonly Frame[];
  readonly fields: ReadonlyMap<number, { readonly value: Bytes; readonly text: string }>;
  readonly compressed: boolean;
}

const MOST_CHANNELS = 256;
const MOST_DEFINITIONS = 100_000;
/** Values that are read; longer ones are other people's data. */
const MOST_VALUE_BYTES = 2 ** 16;
const MOST_DEPTH = 4;

/**
 * Walks the definitions of an MFER file: each a tag, a length and a value, in force for what comes after it. Waveforms are not read.
 *
 * @throws EcgError CORRUPT_FILE for lengths or numbers that no file has, UNREADABLE_FILE
 */
export async function readDefinitions(source: ByteSource): Promise<Definitions> {
  const read = pager(source);
  const frames: Frame[] = [];
  const fields = new Map<number, { value: Bytes; text: string }>();
  let littleEndian = false;
  let channelCount = 1;
  let sequences: number | null = null;
  let kind = 0;
  let compressed = false;
  let decoder = new TextDecoder('windows-1252');
  let common: ChannelState = {};
  let own: ChannelState[] = [];
  let count = 0;

  async function walk(start: number, end: number, channel: number | null, depth: number): Promise<number> {
    let at = start;
    while (at < end) {
      count += 1;
      if (count > MOST_DEFINITIONS || depth > MOST_DEPTH) throw tooMuch();
      const head = bytesView(await read(at, 16));
      const tag = head.u8(0);
      if (tag === 0) {
        // Two zeros end a definition of unknown length; a single one is padding.
        if (depth > 0 && head.u8(1) === 0) return at + 2;
        at += 1;
        continue;
      }
      if (tag === TAG.end) return end;
      let next = 1;
      let index = 0;
      if (tag === TAG.channel) {
        while (next < 6 && head.u8(next) & 128) index = index * 128 + (head.u8(next++) & 127);
        index = index * 128 + (head.u8(next++) & 127);
      }
      const length = lengthOf(head, next);
      const value = at + next + length.bytes;
      const stop = length.value === null ? end : Math.min(end, value + length.value);
      if (tag === TAG.channel || tag === TAG.group) {
        const closed = await walk(value, stop, tag === TAG.channel ? index : channel, depth + 1);
        at = length.value === null ? closed : stop;
        continue;
      }
      if (length.value === null) throw tooMuch();
      if (tag === TAG.waveform) addFrame(value, stop - value);
      else if (stop - value <= MOST_VALUE_BYTES) define(tag, await read(value, stop - value), channel);
      at = stop;
    }
    return at;
  }

  function addFrame(start: number, length: number): void {
    const channels = Array.from({ length: channelCount }, (_, i): ChannelState => {
      const { lead: _lead, ...inherited } = common;
      return { ...(i === 0 ? common : inherited), ...own[i] };
    });
    frames.push({ start, length, littleEndian, sequences, kind, channels });
  }

  function define(tag: number, raw: Uint8Array<ArrayBuffer>, channel: number | null): void {
    const value = bytesView(raw.slice(), littleEndian);
    if (tag === TAG.byteOrder) littleEndian = value.u8(0) === 1;
    else if (tag === TAG.characters) decoder = decoderOf(value.text());
    else if (tag === TAG.channelCount && channel === null) {
      channelCount = unsigned(value, littleEndian);
      if (channelCount < 1 || channelCount > MOST_CHANNELS) throw tooMuch();
      own = [];
    } else if (tag === TAG.sequences && channel === null) sequences = unsigned(value, littleEndian);
    else if (tag === TAG.kind) kind = value.length > 1 ? value.u16(0) : value.u8(0);
    else if (tag === TAG.compression) compressed ||= value.u8(0) > 0 || value.u8(1) > 0;
    else {
      const state = stateOf(tag, value, littleEndian, decoder);
      const next = (before: ChannelState = {}) => (value.length > 0 ? { ...before, ...state } : without(before, state));
      if (state && channel === null) common = next(common);
      else if (state && channel !== null && channel < channelCount) own[channel] = next(own[channel]);
      else if (!state) fields.set(tag, { value, text: decoder.decode(value.raw).replace(/\0.*$/s, '').trim() });
    }
  }

  function tooMuch(): EcgError {
    const message = `The definitions of ${source.name} are those of no MFER file.`;
    return new EcgError('CORRUPT_FILE', message, { found: `${count} definitions`, where: source.name });
  }

  await walk(0, source.size, null, 0);
  return { frames, fields, compressed };
}

/** A definition without a value takes back what was in force. */
function without(before: ChannelState, state: ChannelState | null): ChannelState {
  return Object.fromEntries(Object.entries(before).filter(([name]) => !(name in (state ?? {}))));
}

/** Up to 127 in one byte; else the number of bytes that follow; 128 alone is "until two zeros". */
function lengthOf(head: Bytes, at: number): { readonly value: number | null; readonly bytes: number } {
  const first = head.u8(at);
  if (first < 128) return { value: first, bytes: 1 };
  if (first === 128) return { value: null, bytes: 1 };
  let value = 0;
  for (let i = 1; i <= first - 128 && i <= 8; i++) value = value * 256 + head.u8(at + i);
  return { value, bytes: 1 + Math.min(first - 128, 8) };
}
