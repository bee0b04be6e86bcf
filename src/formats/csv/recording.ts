import {
  type ByteSource,
  type Channel,
  EcgError,
  type Format,
  type Recording,
  standardLead,
  type Warning,
} from '../../ecg';
import { nameChannels, scaleWarnings } from '../channels';
import { placementWarnings } from '../placement';
import { answeredRate, type ReadOptions } from '../reader';
import { readNotes } from './notes';
import { findScales, splitHeading } from './scale';
import type { Table } from './table';
import { readTiming } from './time';

/** A table of numbers with what stands beside it, from whichever file format. */
export interface Tabled {
  readonly format: Format;
  readonly table: Table;
  /** Names with their values: rate, unit, gain, patient. */
  readonly notes: readonly (readonly [key: string, value: string])[];
  readonly warnings?: readonly Warning[];
}

/**
 * The recording in a table: which columns are time and which are leads, the rate, the unit, the patient. What the file says wins; what
 * it does not say comes from `options`; the unit mV alone may be inferred, with a warning.
 *
 * @throws EcgError NEEDS_INPUT (rate or unit), CORRUPT_FILE
 */
export function tableRecording(
  source: ByteSource,
  { format, table, notes, warnings = [] }: Tabled,
  options: ReadOptions,
): Recording {
  const { name: where } = source;
  const timing = readTiming(table, where);
  // A delimiter at the end of every row makes a last column without a number; a lead of that kind is a missing one.
  const last = table.columns.length - 1;
  const isEmpty = (values: Float64Array, index: number) =>
    index > 0 && index === last && !standardLead(table.headings[index] ?? '') && values.every(Number.isNaN);
  const signals = table.columns.flatMap((values, index) =>
    timing.columns.has(index) || isEmpty(values, index)
      ? []
      : [{ ...splitHeading(table.headings[index] ?? '', table.units[index] ?? ''), values }],
  );
  const noted = readNotes(notes);
  const length = signals[0]?.values.length ?? 0;
  if (length < 2)
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${where}.`, { found: `${length} rows`, where });
  const rateHz = timing.rateHz ?? notedRate(notes) ?? answeredRate(options);
  if (rateHz === undefined) {
    const message = `${where} does not say its sampling rate: please enter it.`;
    throw new EcgError('NEEDS_INPUT', message, { expected: 'sampling rate in Hz', where });
  }
  const { scales, warnings: unitWarnings } = findScales(
    signals,
    notes,
    format === 'csv' && isOwnExport(table.headings),
    options,
    where,
  );
  const { names, warnings: nameWarnings } = nameChannels(
    signals.map(({ name }) => (signals.length === 1 && noted.lead && !standardLead(name) ? noted.lead : name)),
  );
  const channels = signals.map(
    (_, index): Channel => ({
      name: names[index]?.name ?? '',
      lead: names[index]?.lead ?? null,
      unit: scales[index]?.unit ?? 'mV',
      samplingRateHz: rateHz,
      sampleCount: length,
    }),
  );
  const samples = signals.map(({ values }, index) =>
    Float32Array.from(values, (value) => value * (scales[index]?.factor ?? 1)),
  );
  return {
    source: { name: where, format, parts: [source] },
    channels,
    durationS: length / rateHz,
    startTime: timing.startTime ?? noted.startTime,
    device: noted.device,
    patient: noted.patient,
    deviceMeasurements: null,
    deviceStatements: noted.statements,
    warnings: [
      ...timing.warnings,
      ...unitWarnings,
      ...nameWarnings,
      ...scaleWarnings(channels),
      ...cutWarnings(table.cutRows),
      ...noted.warnings,
      ...placementWarnings(notes.flat()),
      ...warnings,
    ],
    samples: async (channel, start, count) => {
      const all = samples[channel];
      if (!all) throw new EcgError('INTERNAL', `${where} has no signal ${channel + 1}.`);
      const from = Math.max(0, Math.floor(start));
      return all.slice(from, Math.max(from, Math.floor(start + count)));
    },
  };
}

/** Not `samples`, which counts them. */
const RATE_KEY = /^(fs|sfreq|(sampl\w*[ _]?)?(rate|freq)\w*|abtastrate)\b/i;

/** `Sampling Rate (Hz): 500`, `Sample Rate,512 hertz`, `fs = 360` */
function notedRate(notes: readonly (readonly [key: string, value: string])[]): number | undefined {
  const value =
    notes.find(([key, said]) => RATE_KEY.test(key) || (/^sampl/i.test(key) && /hz|hertz|sps/i.test(said)))?.[1] ?? '';
  const fields = /^(\d+(?:[.,]\d+)?)\s*(k?hz|k?hertz|samples.*|sps)?$/i.exec(value);
  const rate = Number((fields?.[1] ?? '').replace(',', '.')) * (/^k/i.test(fields?.[2] ?? '') ? 1000 : 1);
  return fields && rate >= 1 && rate <= 1e6 ? rate : undefined;
}

/** The layout of `export-csv`: `time_s` and then bare names. */
function isOwnExport(headings: readonly string[]): boolean {
  return headings[0] === 'time_s';
}

function cutWarnings(rows: number): readonly Warning[] {
  if (rows === 0) return [];
  return [{ code: 'SAMPLES_MISSING', message: 'The last row of the table is cut off and was left out.' }];
}
