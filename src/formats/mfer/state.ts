import type { Bytes } from '../bytes';
import { signed, unsigned } from './values';

/** The tags of ISO 22077-1 that are read. */
export const TAG = {
  byteOrder: 0x01,
  characters: 0x03,
  blockLength: 0x04,
  channelCount: 0x05,
  sequences: 0x06,
  kind: 0x08,
  lead: 0x09,
  dataType: 0x0a,
  interval: 0x0b,
  resolution: 0x0c,
  offset: 0x0d,
  compression: 0x0e,
  none: 0x12,
  manufacturer: 0x17,
  waveform: 0x1e,
  channel: 0x3f,
  group: 0x67,
  end: 0x80,
  name: 0x81,
  id: 0x82,
  age: 0x83,
  sex: 0x84,
  time: 0x85,
} as const;

/** What is in force for a channel when a waveform begins (ISO 22077-1, 5.2). */
export interface ChannelState {
  readonly blockLength?: number;
  readonly dataType?: number;
  readonly intervalS?: number;
  readonly resolution?: { readonly unit: number; readonly step: number };
  readonly offset?: Bytes;
  readonly none?: Bytes;
  readonly lead?: { readonly code: number; readonly text: string };
}

/** What a definition says of a channel; null for one that describes the recording. */
export function stateOf(tag: number, value: Bytes, littleEndian: boolean, decoder: TextDecoder): ChannelState | null {
  const mantissa = () => signed(value.slice(2), littleEndian) * 10 ** ((value.u8(1) << 24) >> 24);
  switch (tag) {
    case TAG.blockLength:
      return { blockLength: unsigned(value, littleEndian) };
    case TAG.dataType:
      return { dataType: value.u8(0) };
    case TAG.interval: {
      // Units: Hz, seconds, metres.
      const amount = mantissa();
      return { intervalS: value.u8(0) === 0 ? 1 / amount : value.u8(0) === 1 ? amount : Number.NaN };
    }
    case TAG.resolution:
      return { resolution: { unit: value.u8(0), step: mantissa() } };
    case TAG.offset:
      return { offset: value };
    case TAG.none:
      return { none: value };
    case TAG.lead:
      return {
        lead: {
          code: value.length > 1 ? value.u16(0) : value.u8(0),
          text: decoder.decode(value.raw.subarray(2)).replaceAll('\0', '').trim(),
        },
      };
    default:
      return null;
  }
}
