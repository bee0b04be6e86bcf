import { EcgError, type Unit, type Warning } from '../../ecg';
import { decodedUnit, millivoltsPer } from '../channels';
import type { ReadOptions } from '../reader';

/** A signal column: its name without the unit, its unit if the file says one, its numbers. */
export interface Signal {
  readonly name: string;
  readonly statedUnit: string | null;
  readonly values: Float64Array;
}

/** The unit after decoding, and the factor from the file's numbers. */
export interface Scale {
  readonly unit: Unit;
  readonly factor: number;
}

const UNIT_IN_HEADING = /^(.*?)\s*(?:[[(]\s*([^\])]*)\s*[\])]|(?:[\s_/,]+)([µμun]V|mV|microvolts?|millivolts?))\s*$/i;
const OTHER_UNITS = /^(mmhg|kpa|bpm|%|nu|n\.u\.|adu|counts?|digits?|a\.u\.|°c|ohm|g)$/i;
/** Median peak-to-peak amplitudes that only a surface ECG in mV has, when the numbers have decimals. */
const PLAUSIBLE_MV = [0.05, 20] as const;

/** Takes the unit off a heading: `I [mV]`, `V1 (uV)`, `II_mV`, `III, µV`. */
export function splitHeading(
  heading: string,
  unitCell: string,
): { readonly name: string; readonly statedUnit: string | null } {
  const fields = UNIT_IN_HEADING.exec(heading);
  const unit = fields?.[2] ?? fields?.[3] ?? '';
  if (fields && (millivoltsPer(unit) !== null || OTHER_UNITS.test(unit)))
    return { name: fields[1] ?? '', statedUnit: unit };
  return { name: heading, statedUnit: unitCell.replace(/[[\]]/g, '') || null };
}

/**
 * The scale of each signal: its own unit, else the file's, else the file's gain, else the reader's answer, else mV if the numbers can be nothing else.
 *
 * @param ownExport true for the layout that this product writes, which is in mV
 * @throws EcgError NEEDS_INPUT when the unit cannot be told
 */
export function findScales(
  signals: readonly Signal[],
  notes: readonly (readonly [key: string, value: string])[],
  ownExport: boolean,
  { unit: answered }: ReadOptions,
  where: string,
): { readonly scales: readonly Scale[]; readonly warnings: readonly Warning[] } {
  const noted = notes.find(([key, value]) => /^units?$/i.test(key) && millivoltsPer(value) !== null)?.[1];
  const gain = notedGain(notes);
  const silent = signals.filter(({ statedUnit }) => statedUnit === null);
  const known = noted
    ? decodedUnit(noted)
    : gain
      ? { unit: 'mV', factor: 1 / gain }
      : answered
        ? decodedUnit(answered)
        : null;
  const inferred = silent.length > 0 && !known ? inferMillivolts(silent, ownExport, where) : null;
  const scaleOf = ({ statedUnit }: Signal) =>
    statedUnit === null ? (known ?? { unit: 'mV', factor: 1 }) : decodedUnit(statedUnit);
  return { scales: signals.map(scaleOf), warnings: inferred ? [inferred] : [] };
}

/** `Gain (digit/millivolt): 2048` */
function notedGain(notes: readonly (readonly [key: string, value: string])[]): number | null {
  const [key = '', value = ''] = notes.find(([name]) => /^(adc )?gain\b/i.test(name)) ?? [];
  const perMillivolt = /m(illi)?v/i.test(`${key} ${value}`)
    ? 1
    : /[uµμ](icro)?v|microv/i.test(`${key} ${value}`)
      ? 1e3
      : null;
  const gain = Number.parseFloat(value.replace(',', '.')) * (perMillivolt ?? Number.NaN);
  return gain > 0 && Number.isFinite(gain) ? gain : null;
}

function inferMillivolts(signals: readonly Signal[], ownExport: boolean, where: string): Warning {
  const amplitude = medianAmplitude(signals.map(({ values }) => values));
  const [low, high] = PLAUSIBLE_MV;
  const shown = `the numbers span ${Number(amplitude.toPrecision(3))}`;
  if (ownExport && amplitude <= high) {
    return { code: 'UNIT_ASSUMED', message: 'No unit is given; read as mV, in which this program writes such tables.' };
  }
  if (amplitude >= low && amplitude <= high && signals.some(({ values }) => values.some((value) => value % 1 !== 0))) {
    return { code: 'UNIT_ASSUMED', message: `No unit is given; read as mV, because ${shown} and have decimals.` };
  }
  const message = `${where} does not say its unit, and ${shown}: please say whether that is mV or µV.`;
  throw new EcgError('NEEDS_INPUT', message, { expected: 'unit mV or uV', found: shown, where });
}

/** Median over the signals of the range that holds all but the lowest and highest 0.5 % of the numbers. */
function medianAmplitude(signals: readonly Float64Array[]): number {
  const ranges = signals.map((values) => {
    const every = Math.max(1, Math.floor(values.length / 10_000));
    const sorted = values.filter((value, i) => i % every === 0 && !Number.isNaN(value)).sort();
    const cut = Math.floor(sorted.length / 200);
    return (sorted.at(-1 - cut) ?? 0) - (sorted[cut] ?? 0);
  });
  return ranges.sort((a, b) => a - b)[Math.floor(ranges.length / 2)] ?? 0;
}
