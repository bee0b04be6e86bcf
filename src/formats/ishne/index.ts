import { type ByteSource, EcgError, type Patient, type Recording, type Warning } from '../../ecg';
import { type Bytes, bytesView, crcCcitt } from '../bytes';
import { ageAt, isoDate, isoTime } from '../dates';
import { type LazySignal, lazyRecording, rangeReader } from '../lazy';
import { type Claim, type Reader, refusal, type SniffedFile } from '../reader';
import { folderOf, stemOf } from '../sources';
import { annotationsIn } from './annotations';

/** Lead specifications by their number (table 3 of the standard). */
const LEAD_NAMES = [
  '',
  '',
  'X',
  'Y',
  'Z',
  'I',
  'II',
  'III',
  'aVR',
  'aVL',
  'aVF',
  'V1',
  'V2',
  'V3',
  'V4',
  'V5',
  'V6',
].concat('ES', 'AS', 'AI');
const HEADER_BYTES = 522;
const MOST_LEADS = 12;
/** A header's text block of any length; more is no text. */
const MAX_HEADER_BYTES = 2 ** 20;
/** Samples of all leads that are decoded at a time. */
const BLOCK = 2 ** 18;

/** ISHNE Holter recordings (`ISHNE1.0`). Annotations beside them (`ANN  1.0`) come with them. */
export const ishne: Reader = {
  claim: async (files) => {
    const recordings = files.filter((file) => magicOf(file) === 'ISHNE1.0');
    const annotations = files.filter((file) => magicOf(file) === 'ANN  1.0').map(({ source }) => source);
    const placed = new Set<ByteSource>();
    const claims = recordings.map(({ source }): Claim => {
      const beside = annotations.filter((other) => placeOf(other) === placeOf(source));
      for (const file of beside) placed.add(file);
      return { parts: [source], beside, open: () => openIshne(source, beside) };
    });
    const alone = annotations.filter((source) => !placed.has(source));
    return [...claims, ...alone.map((source) => refusal(source, () => missingRecording(source.name)))];
  },
};

/**
 * Opens an ISHNE Holter file after F. Badilini, The ISHNE Holter Standard Output File Format (1998). Proved with a 12-lead recording at
 * 1 kHz. Samples stay in the file. The header's number of samples is believed only as far as the file's size bears it out.
 *
 * @throws EcgError CORRUPT_FILE without leads, rate or samples, TRUNCATED_FILE, UNREADABLE_FILE
 */
async function openIshne(source: ByteSource, annotations: readonly ByteSource[]): Promise<Recording> {
  const header = bytesView(await source.read(0, HEADER_BYTES));
  const where = source.name;
  if (header.length < HEADER_BYTES) {
    const detail = { expected: `${HEADER_BYTES} bytes`, found: `${header.length}`, where };
    throw new EcgError('TRUNCATED_FILE', `${where} ends within its header.`, detail);
  }
  const stated = header.u32(22);
  const within = (start: number) => start >= HEADER_BYTES && start < source.size;
  // Behind the header's texts, where it points to no place in the file.
  const start = within(stated) ? stated : HEADER_BYTES + header.u32(10);
  const leadCount = header.u16(156);
  if (leadCount < 1 || leadCount > MOST_LEADS || !within(start)) {
    const detail = { found: `${leadCount} leads from byte ${start} of ${source.size}`, where };
    throw new EcgError('CORRUPT_FILE', `The header of ${where} contradicts the file.`, detail);
  }
  const frameBytes = 2 * leadCount;
  const frames = Math.floor((source.size - start) / frameBytes);
  const range = rangeReader(source);
  const samplingRateHz = header.u16(272);
  const signals = Array.from({ length: leadCount }, (_, lead): LazySignal => {
    const nanovolts = header.i16(206 + 2 * lead);
    return {
      spelling: LEAD_NAMES[header.u16(158 + 2 * lead)] ?? '',
      unit: nanovolts > 0 ? 'nV' : 'NU',
      samplingRateHz,
      sampleCount: frames,
      read: (first, count) => readLead(range, start, frameBytes, lead, nanovolts > 0 ? nanovolts : 1, first, count),
    };
  });
  const { patient, startTime } = describePatient(header);
  const recording = lazyRecording(source, {
    format: 'ishne',
    signals,
    startTime,
    device: header.text(232, 272) || null,
    patient,
    warnings: [
      ...placeWarnings(stated, start),
      ...lengthWarnings(header.u32(14), frames, leadCount),
      ...(await checksumWarnings(source, header, start)),
    ],
  });
  if (annotations.length === 0) return recording;
  return { ...recording, annotations: () => annotationsIn(annotations, samplingRateHz) };
}

async function readLead(
  range: (start: number, end: number) => Promise<DataView>,
  start: number,
  frameBytes: number,
  lead: number,
  step: number,
  first: number,
  count: number,
): Promise<Float64Array<ArrayBuffer>> {
  const values = new Float64Array(count);
  const blockFrames = Math.floor((2 * BLOCK) / frameBytes);
  for (let from = first; from < first + count; from += blockFrames) {
    const to = Math.min(first + count, from + blockFrames);
    const view = await range(start + from * frameBytes, start + to * frameBytes);
    for (let frame = from; frame < to; frame++) {
      values[frame - first] = view.getInt16((frame - from) * frameBytes + 2 * lead, true) * step;
    }
  }
  return values;
}

function describePatient(header: Bytes): { readonly patient: Patient; readonly startTime: string | null } {
  const date = (at: number) => isoDate(header.i16(at + 4), header.i16(at + 2), header.i16(at));
  const [birthDate, day] = [date(132), date(138)];
  const time = isoTime(header.i16(150), header.i16(152), header.i16(154));
  const startTime = day ? `${day}T${time ?? '00:00:00'}` : null;
  const ageYears = ageAt(birthDate, startTime);
  const sex = header.i16(128) === 1 ? 'male' : header.i16(128) === 2 ? 'female' : 'unknown';
  const name = [header.text(28, 68), header.text(68, 108)].filter((part) => !/^(none)?$/i.test(part)).join(' ');
  const patient: Patient = {
    id: header.text(108, 128) || null,
    name: name || null,
    birthDate,
    ageYears,
    sex,
    ageOrigin: ageYears === null ? 'none' : 'file',
    sexOrigin: sex === 'unknown' ? 'none' : 'file',
  };
  return { patient, startTime };
}

function placeWarnings(stated: number, start: number): readonly Warning[] {
  if (stated === start) return [];
  const message = `The header has the samples begin at byte ${stated}, which is none of theirs: they are read from byte ${start}.`;
  return [{ code: 'LENGTH_FROM_DATA', message }];
}

/** Some recorders write samples of one lead, some of all together; both fit. */
function lengthWarnings(claimed: number, frames: number, leadCount: number): readonly Warning[] {
  if (claimed === frames || claimed === frames * leadCount) return [];
  const message = `The header gives ${claimed} samples and the file holds ${frames} a lead: all of them are shown.`;
  return [{ code: 'LENGTH_FROM_DATA', message }];
}

/** The checksum is over the header from its tenth byte to the samples. */
async function checksumWarnings(source: ByteSource, header: Bytes, start: number): Promise<readonly Warning[]> {
  if (start > MAX_HEADER_BYTES) return [];
  if (crcCcitt(await source.read(10, start)) === header.u16(8)) return [];
  const message = 'The checksum of the header does not fit: it was changed or damaged after it was written.';
  return [{ code: 'CHECKSUM_MISMATCH', message }];
}

function missingRecording(name: string): EcgError {
  const message = `${name} holds the annotations of an ISHNE Holter recording, not its signal: drop ${stemOf(name)}.ecg.`;
  return new EcgError('MISSING_PART', message, { expected: `${stemOf(name)}.ecg`, where: name });
}

function magicOf({ head }: SniffedFile): string {
  return String.fromCharCode(...head.subarray(0, 8));
}

function placeOf({ name }: ByteSource): string {
  return `${folderOf(name)}/${stemOf(name)}`;
}
