import { EcgError, type Warning } from '../../ecg';
import type { Bytes } from '../bytes';
import type { DecodedSignal } from '../in-memory';
import { leadOfCode } from '../lead-codes';
import { addReferenceBeats, type Beats, expand, type LeadDefinition, readBeats, readLeads } from './beats';
import { type Coding, decodeNumbers, readCoding, undoDifferences } from './huffman';
import type { Section, Sections } from './sections';

/** Sections 5 and 6 have one layout: amplitude in nV a step, interval in µs, order of differences, a flag, and each lead's bytes. */
interface Waveforms {
  readonly nanovolts: number;
  readonly intervalUs: number;
  readonly differences: number;
  readonly bimodal: boolean;
  readonly leads: readonly Bytes[];
}

/** Ten minutes at 1 kHz, more than 16 bits of length can hold. */
const MOST_SAMPLES = 600_000;

/**
 * The rhythm of sections 2 to 6 in µV: decoded, summed, stretched and with the reference beat added, each lead from its own first sample on.
 *
 * @throws EcgError CORRUPT_FILE without leads, rhythm or rate
 */
export function readRhythm(
  { byId }: Sections,
  where: string,
): {
  readonly signals: readonly DecodedSignal[];
  readonly beat: readonly DecodedSignal[];
  readonly warnings: readonly Warning[];
} {
  const definition = byId.get(3)?.body;
  const rhythmSection = byId.get(6);
  if (!definition || !rhythmSection) {
    const missing = definition ? 'rhythm (section 6)' : 'definition of its leads (section 3)';
    const detail = { found: [...byId.keys()].join(', '), where };
    throw new EcgError('CORRUPT_FILE', `${where} has no ${missing}.`, detail);
  }
  const { leads, subtracted } = readLeads(definition);
  const coding = readCoding(byId.get(2)?.body);
  const rhythm = readWaveforms(rhythmSection, leads.length);
  const referenceSection = byId.get(5);
  const reference = referenceSection ? readWaveforms(referenceSection, leads.length) : null;
  if (rhythm.intervalUs === 0) {
    throw new EcgError('CORRUPT_FILE', `${where} does not say its sampling rate.`, { where });
  }
  const beats = readBeats(byId.get(4));
  const factor = reference && reference.intervalUs > 0 ? Math.round(rhythm.intervalUs / reference.intervalUs) : 1;
  if (rhythm.bimodal && !reference) {
    const message = `${where} is compressed by beats and lacks the section that says how.`;
    throw new EcgError('CORRUPT_FILE', message, { expected: 'section 5', where });
  }
  const stretched = factor > 1 && factor <= 4 && (rhythm.bimodal || subtracted);
  const intervalUs = stretched && reference ? reference.intervalUs : rhythm.intervalUs;
  const samplingRateHz = rateOf(intervalUs);
  const short: string[] = [];
  const signals = leads.map((lead, index): DecodedSignal => {
    const bytes = rhythm.leads[index];
    const claimed = Math.max(0, Math.min(MOST_SAMPLES, lead.end - lead.start + 1));
    const most = claimed || MOST_SAMPLES;
    const numbers = bytes ? decoded(coding, rhythm, bytes, most) : new Float64Array(0);
    const kept = rhythm.bimodal ? beats.beats : [];
    const full = stretched ? expand(numbers, kept, factor, lead.start, most) : numbers;
    const microvolts = full.map((value) => (value * rhythm.nanovolts) / 1000);
    const beat = reference?.leads[index];
    if (subtracted && reference && beat) addBeat(microvolts, coding, reference, beat, beats, lead);
    if (microvolts.length < claimed) short.push(leadOfCode(lead.code));
    const unit = rhythm.nanovolts > 0 ? 'uV' : 'NU';
    return { spelling: leadOfCode(lead.code), unit, samplingRateHz, values: rhythm.nanovolts > 0 ? microvolts : full };
  });
  const beat = reference ? referenceBeat(coding, reference, leads) : [];
  return { signals, beat, warnings: lengthWarnings(short, leads.length) };
}

/** From version 3 on the flag of bimodal compression is reserved. */
function readWaveforms({ body, version }: Section, leadCount: number): Waveforms {
  let at = 6 + 2 * leadCount;
  const leads = Array.from({ length: leadCount }, (_, i) => {
    const bytes = body.slice(at, at + body.u16(6 + 2 * i));
    at += body.u16(6 + 2 * i);
    return bytes;
  });
  return {
    nanovolts: body.u16(0),
    intervalUs: body.u16(2),
    differences: body.u8(4),
    bimodal: body.u8(5) === 1 && version < 30,
    leads,
  };
}

function decoded(coding: Coding, { differences }: Waveforms, bytes: Bytes, most: number): Float64Array<ArrayBuffer> {
  return undoDifferences(decodeNumbers(coding, bytes, most), differences);
}

/** The reference beat has its own amplitude: both are in µV before they are added. */
function addBeat(
  microvolts: Float64Array<ArrayBuffer>,
  coding: Coding,
  reference: Waveforms,
  bytes: Bytes,
  beats: Beats,
  { start }: LeadDefinition,
): void {
  const beat = decoded(coding, reference, bytes, MOST_SAMPLES).map((value) => (value * reference.nanovolts) / 1000);
  addReferenceBeats(microvolts, beat, beats, start);
}

/** Section 5 as a signal of its own: the device's usual beat. */
function referenceBeat(
  coding: Coding,
  reference: Waveforms,
  leads: readonly LeadDefinition[],
): readonly DecodedSignal[] {
  if (reference.intervalUs === 0 || reference.nanovolts === 0) return [];
  return leads.map(({ code }, index): DecodedSignal => {
    const bytes = reference.leads[index];
    const numbers = bytes ? decoded(coding, reference, bytes, MOST_SAMPLES) : new Float64Array(0);
    const values = numbers.map((value) => (value * reference.nanovolts) / 1000);
    return { spelling: leadOfCode(code), unit: 'uV', samplingRateHz: rateOf(reference.intervalUs), values };
  });
}

/** 3333 µs is 300 Hz written in whole microseconds. */
function rateOf(intervalUs: number): number {
  const whole = Math.round(1e6 / intervalUs);
  return Math.round(1e6 / whole) === intervalUs || Math.floor(1e6 / whole) === intervalUs ? whole : 1e6 / intervalUs;
}

function lengthWarnings(short: readonly string[], leadCount: number): readonly Warning[] {
  if (short.length === 0) return [];
  const which = short.length === leadCount ? 'every lead' : short.join(', ');
  const message = `The file promises more samples than it holds in ${which}; what is there is shown.`;
  return [{ code: 'LENGTH_FROM_DATA', message }];
}
