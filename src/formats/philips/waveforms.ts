import { EcgError, LEADS, type Warning } from '../../ecg';
import { base64Bytes, int16 } from '../base64';
import type { DecodedSignal } from '../in-memory';
import { answeredRate, type ReadOptions } from '../reader';
import { attribute, deep, digits, find, numberAt, numberOf, type XmlElement } from '../xml';
import { decodeXli, restoreLimbLeads } from './xli';

/** The analysis program takes 16 channels; a file that says more is not believed. */
const MAX_LEADS = 16;
/** No resting ECG is longer; a claim beyond is not believed. */
const MAX_SECONDS = 600;

/** The leads of a file in µV, without the calibration pulse that stands at their end. Throws EcgError NEEDS_INPUT, CORRUPT_FILE, UNSUPPORTED_FORMAT. */
export function decodeWaveforms(
  root: XmlElement,
  options: ReadOptions,
  where: string,
): { readonly signals: readonly DecodedSignal[]; readonly warnings: readonly Warning[] } {
  const waveforms = deep(root, 'parsedwaveforms')[0];
  if (!waveforms) {
    throw new EcgError('CORRUPT_FILE', `There is no waveform in ${where}.`, { expected: '<parsedwaveforms>', where });
  }
  const characteristics = find(root, 'dataacquisition', 'signalcharacteristics');
  const first = (...values: readonly (number | null)[]) =>
    values.find((value) => value !== null && value > 0) ?? undefined;
  const rate =
    first(numberOf(attribute(waveforms, 'samplespersecond')), numberAt(characteristics, 'samplingrate')) ??
    answeredRate(options);
  if (rate === undefined) {
    const detail = { expected: 'sampling rate in Hz', where };
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
  }
  const microvolts = first(
    numberOf(attribute(waveforms, 'resolution')),
    numberAt(characteristics, 'signalresolution'),
    numberAt(characteristics, 'resolution'),
  );
  const offset = numberOf(attribute(waveforms, 'signaloffset')) ?? numberAt(characteristics, 'signaloffset') ?? 0;
  const seconds = Math.min(
    MAX_SECONDS,
    (numberOf(attribute(waveforms, 'durationperchannel')) ?? MAX_SECONDS * 1000) / 1000,
  );
  const names = namesOf(root, waveforms, characteristics);
  const stored = decode(waveforms, Math.round(seconds * rate), Math.round(MAX_SECONDS * rate), names, where);
  const pulse = pulseOf(stored, rate, microvolts);
  const signals = stored
    .map(
      (samples, index): DecodedSignal => ({
        spelling: names[index] ?? '',
        unit: microvolts === undefined ? 'counts' : 'uV',
        samplingRateHz: rate,
        values: Float64Array.from(
          Array.from(samples).slice(0, samples.length - pulse),
          (value) => (value - offset) * (microvolts ?? 1),
        ),
      }),
    )
    .filter(({ values }, index) => index < LEADS.length || values.some((value) => value !== 0));
  if (pulse === 0) return { signals, warnings: [] };
  const message = `The last ${pulse / rate} s of every lead are the device's calibration pulse and are not shown.`;
  return { signals, warnings: [{ code: 'PART_SHOWN', message }] };
}

/** 1.04 names its leads; 1.03 has the twelve in the house's order, and those beyond as they are measured. */
function namesOf(root: XmlElement, waveforms: XmlElement, characteristics: XmlElement | undefined): readonly string[] {
  const labels = attribute(waveforms, 'leadlabels')
    .split(/[\s,]+/)
    .filter(Boolean);
  const stated =
    numberOf(attribute(waveforms, 'numberofleads')) ?? numberAt(characteristics, 'numberchannelsallocated');
  const count = Math.max(1, Math.min(MAX_LEADS, stated ?? (labels.length || LEADS.length)));
  const measured = deep(root, 'leadmeasurement').map((lead) => attribute(lead, 'leadname'));
  return Array.from({ length: count }, (_, i) => labels[i] ?? LEADS[i] ?? measured[i] ?? '');
}

function decode(
  waveforms: XmlElement,
  expected: number,
  longest: number,
  names: readonly string[],
  where: string,
): readonly ArrayLike<number>[] {
  const encoding = attribute(waveforms, 'dataencoding') || 'Plain';
  const compressed = !/^false$/i.test(attribute(waveforms, 'compressflag') || 'true');
  const method = compressed ? attribute(waveforms, 'compressmethod') || attribute(waveforms, 'compression') : '';
  if (/^plain$/i.test(encoding)) return split(digits(waveforms.text), expected, names.length);
  const bytes = /^base64$/i.test(encoding) ? base64Bytes(waveforms.text) : null;
  if (!bytes) {
    throw new EcgError('CORRUPT_FILE', `The waveforms of ${where} are not in base64.`, { found: encoding, where });
  }
  if (method === '' || /^(none|uncompressed)$/i.test(method)) return split(int16(bytes), expected, names.length);
  if (!/^xli$/i.test(method)) {
    const message = `${where} is compressed by “${method}”, which this version does not read.`;
    throw new EcgError('UNSUPPORTED_FORMAT', message, { expected: 'XLI', found: method, where });
  }
  const leads = decodeXli(bytes, longest, names.length, where);
  if (LEADS.slice(0, 6).every((lead, i) => names[i]?.toLowerCase() === lead.toLowerCase())) restoreLimbLeads(leads);
  return leads;
}

/** Leads one after the other. */
function split(
  samples: Float64Array<ArrayBuffer>,
  expected: number,
  leads: number,
): readonly Float64Array<ArrayBuffer>[] {
  const length = Math.min(expected, Math.floor(samples.length / leads));
  return Array.from({ length: leads }, (_, i) => samples.slice(i * length, (i + 1) * length));
}

/** How many samples at the end of every lead are a calibration pulse: 0.1 s of zero, 0.2 s of 1 mV, 0.1 s of zero. 0 where there is none. */
function pulseOf(leads: readonly ArrayLike<number>[], rate: number, microvolts: number | undefined): number {
  const height = Math.round(1000 / (microvolts ?? 5));
  const tenth = Math.round(rate / 10);
  const isPulse = (lead: ArrayLike<number>) =>
    lead.length > 4 * tenth &&
    Array.from({ length: 4 * tenth }, (_, i) => {
      const wanted = i >= tenth && i < 3 * tenth ? height : 0;
      return lead[lead.length - 4 * tenth + i] === wanted;
    }).every(Boolean);
  return leads.length > 0 && leads.every(isPulse) ? 4 * tenth : 0;
}
