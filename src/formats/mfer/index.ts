import { type ByteSource, EcgError, type Patient, type Recording, type Warning } from '../../ecg';
import { list } from '../channels';
import { ageAt, isoDate, isoTime } from '../dates';
import { type LazySignal, lazyRecording, rangeReader } from '../lazy';
import { leadOfCode } from '../lead-codes';
import type { Reader, SniffedFile } from '../reader';
import { extensionOf } from '../sources';
import { type Definitions, type Frame, readDefinitions } from './definitions';
import { blockOf, type Layout, layOut, readFrame, STATUS_TYPE } from './samples';
import { type ChannelState, TAG } from './state';

/** MFER waveforms (ISO 22077): by their preamble, or by the extension and a first definition that is one. */
export const mfer: Reader = {
  claim: async (files) => files.filter(isMfer).map(({ source }) => ({ parts: [source], open: () => openMfer(source) })),
};

function isMfer({ source, head }: SniffedFile): boolean {
  if (head[0] === 0x40 && /^MFR|MFER/.test(String.fromCharCode(...head.subarray(2, 8)))) return true;
  const first = head[0] ?? 0;
  return /^(mwf|mfer|mfr)$/.test(extensionOf(source.name)) && ((first > 0 && first <= 0x17) || first === 0x40);
}

const DOMINANT_BEAT = 9;
/** What MFER means where a file has no MWF_IVL. */
const RATE_HZ = 1000;
/** Units of MWF_SEN. */
const UNITS = [
  'V',
  'mmHg',
  'Pa',
  'cmH2O',
  'mmHg/s',
  'dyn',
  'N',
  '%',
  '°C',
  '1/min',
  '1/s',
  'Ohm',
  'A',
  'rpm',
  'W',
  'dB',
  'kg',
  'J',
];

/**
 * Opens an MFER file after Medical waveform Format Encoding Rules, part 1 (ISO 22077-1). Proved with a monitor's file of Nihon Kohden with
 * 12 sequences of channels at two rates. Samples stay in the file. Blocks that follow one another with one layout are one recording.
 *
 * @throws EcgError UNSUPPORTED_FORMAT (compressed), CORRUPT_FILE, UNREADABLE_FILE
 */
async function openMfer(source: ByteSource): Promise<Recording> {
  const definitions = await readDefinitions(source);
  const where = source.name;
  if (definitions.compressed) {
    throw new EcgError('UNSUPPORTED_FORMAT', `${where} is compressed in a way that is not read here.`, { where });
  }
  const rhythm = definitions.frames.filter(({ kind }) => kind !== DOMINANT_BEAT);
  const frames = rhythm.length > 0 ? rhythm : definitions.frames;
  const [first] = frames;
  const same = first ? frames.filter((frame) => keyOf(frame) === keyOf(first)) : [];
  const layouts = same.flatMap((frame) => layOut(frame) ?? []);
  if (!first || layouts.length === 0) {
    const detail = { found: `${definitions.frames.length} waveforms`, where };
    throw new EcgError('CORRUPT_FILE', `There is no waveform in ${where} that can be read.`, detail);
  }
  const range = rangeReader(source);
  const signals = first.channels.flatMap((channel, index): LazySignal[] =>
    channel.dataType === STATUS_TYPE ? [] : [signalOf(channel, index, layouts, range)],
  );
  const { patient, startTime } = describePatient(definitions, first);
  return lazyRecording(source, {
    format: 'mfer',
    signals,
    startTime,
    device: definitions.fields.get(TAG.manufacturer)?.text.split('^').slice(0, 2).join(' ').trim() || null,
    patient,
    warnings: [
      ...skippedWarnings(frames.length - same.length),
      ...lengthWarnings(layouts),
      ...rateWarnings(first.channels),
    ],
  });
}

function signalOf(
  channel: ChannelState,
  index: number,
  layouts: readonly Layout[],
  range: (start: number, end: number) => Promise<DataView>,
): LazySignal {
  const lengths = layouts.map(({ sequences }) => sequences * blockOf(channel));
  const { lead, resolution, intervalS = 1 / RATE_HZ } = channel;
  return {
    spelling: lead ? nameOf(lead) : '',
    unit: resolution ? (UNITS[resolution.unit] ?? `unit ${resolution.unit}`) : 'NU',
    samplingRateHz: Math.round(1e6 / intervalS) / 1e6,
    sampleCount: lengths.reduce((sum, length) => sum + length, 0),
    read: async (start, count) => {
      const values = new Float64Array(count);
      let before = 0;
      for (const [i, layout] of layouts.entries()) {
        const length = lengths[i] ?? 0;
        const from = Math.max(start, before);
        const to = Math.min(start + count, before + length);
        if (from < to) values.set(await readFrame(range, layout, index, from - before, to - from), from - start);
        before += length;
      }
      return values;
    },
  };
}

/** A lead's own text where it has one; the numbers are those of SCP-ECG, and beyond them others' own. */
function nameOf({ code, text }: { readonly code: number; readonly text: string }): string {
  return text || (code < 128 ? leadOfCode(code) : `code 0x${code.toString(16)}`);
}

/** What must be the same for waveforms to follow one another. */
function keyOf({ channels, littleEndian }: Frame): string {
  return JSON.stringify([
    littleEndian,
    channels.map(({ blockLength, dataType, intervalS, resolution, lead, offset, none }) => [
      blockLength,
      dataType,
      intervalS,
      resolution,
      lead?.code,
      offset && [...offset.raw],
      none && [...none.raw],
    ]),
  ]);
}

function describePatient(
  { fields }: Definitions,
  { littleEndian }: Frame,
): { readonly patient: Patient; readonly startTime: string | null } {
  const time = fields.get(TAG.time)?.value;
  const year = (at: number, from = time) =>
    littleEndian
      ? (from?.u8(at) ?? 0) + 256 * (from?.u8(at + 1) ?? 0)
      : 256 * (from?.u8(at) ?? 0) + (from?.u8(at + 1) ?? 0);
  const day = time ? isoDate(year(0), time.u8(2), time.u8(3)) : null;
  const clock = time && time.length >= 7 ? isoTime(time.u8(4), time.u8(5), time.u8(6)) : null;
  const startTime = day ? `${day}T${clock ?? '00:00:00'}` : null;
  const age = fields.get(TAG.age)?.value;
  const birthDate = age && age.length >= 7 ? isoDate(year(3, age), age.u8(5), age.u8(6)) : null;
  const stated = age && age.u8(0) > 0 && age.u8(0) <= 130 ? age.u8(0) : null;
  const ageYears = stated ?? ageAt(birthDate, startTime);
  const sexCode = fields.get(TAG.sex)?.value.u8(0);
  const sex = sexCode === 1 ? 'male' : sexCode === 2 ? 'female' : 'unknown';
  const patient: Patient = {
    id: fields.get(TAG.id)?.text.split('^')[0]?.trim() || null,
    name: fields.get(TAG.name)?.text.replaceAll('^', ' ').replace(/\s+/g, ' ').trim() || null,
    birthDate,
    ageYears,
    sex,
    ageOrigin: ageYears === null ? 'none' : 'file',
    sexOrigin: sex === 'unknown' ? 'none' : 'file',
  };
  return { patient, startTime };
}

function skippedWarnings(count: number): readonly Warning[] {
  if (count === 0) return [];
  const message = `${count} more waveforms of the file have other channels, rates or scales and are not shown.`;
  return [{ code: 'SIGNAL_SKIPPED', message }];
}

function rateWarnings(channels: readonly ChannelState[]): readonly Warning[] {
  if (channels.every(({ intervalS }) => intervalS !== undefined)) return [];
  const message = `The file does not say its sampling rate; where it does not, MFER means ${RATE_HZ} Hz.`;
  return [{ code: 'RATE_ASSUMED', message }];
}

function lengthWarnings(layouts: readonly Layout[]): readonly Warning[] {
  const short = layouts.filter(({ frame, sequences }) => frame.sequences !== null && sequences < frame.sequences);
  if (short.length === 0) return [];
  const which = list(short.map(({ sequences, frame }) => `${sequences} of ${frame.sequences} sequences`));
  return [{ code: 'LENGTH_FROM_DATA', message: `The file holds less than it promises (${which}): it may be cut off.` }];
}
