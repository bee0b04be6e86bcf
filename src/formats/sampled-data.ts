import { EcgError, type Warning } from '../ecg';
import type { DecodedSignal } from './in-memory';
import { type Json, object, text } from './json';
import { answeredRate, type ReadOptions } from './reader';

/** Amplitudes (largest minus smallest) that only a surface ECG in mV has. */
const PLAUSIBLE_MV = [0.05, 20] as const;
/** Seconds in a unit of R5's `intervalUnit`. */
const SECONDS = new Map([
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
]);

/**
 * Signals of FHIR's SampledData: numbers times `factor` plus `origin`; `E`, `U` and `L` (error, above and below the limits) are missing.
 * The step is `period` in ms (R4) or `interval` in `intervalUnit` (R5); with several `dimensions` the numbers take turns.
 *
 * @throws EcgError NEEDS_INPUT without a rate, or without a unit where the numbers can be no mV
 */
export function sampledSignals(
  items: readonly { readonly spelling: string; readonly data: Json }[],
  options: ReadOptions,
  where: string,
): { readonly signals: readonly DecodedSignal[]; readonly warnings: readonly Warning[] } {
  const unitless = new Set<DecodedSignal>();
  const signals = items.flatMap(({ spelling, data }) => {
    const origin = object(data.origin);
    const unit = text(origin?.code) || text(origin?.unit);
    const rate = rateOf(data) ?? answeredRate(options);
    if (rate === undefined) {
      const detail = { expected: 'sampling rate in Hz', where };
      throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
    }
    const samples = numbersOf(data);
    const dimensions = Math.max(1, Math.floor(numberOf(data.dimensions) ?? 1));
    return Array.from({ length: Math.min(dimensions, samples.length) }, (_, dimension): DecodedSignal => {
      const values = samples.filter((_, i) => i % dimensions === dimension);
      const signal = {
        spelling: dimensions > 1 ? '' : spelling,
        unit: unit || (options.unit ?? 'mV'),
        samplingRateHz: rate,
        values,
      };
      if (unit === '' && !options.unit) unitless.add(signal);
      return signal;
    });
  });
  return { signals, warnings: unitless.size > 0 ? [inferred([...unitless], where)] : [] };
}

function rateOf(data: Json): number | undefined {
  const period = numberOf(data.period);
  const interval = numberOf(data.interval);
  const unit = text(data.intervalUnit) || 'ms';
  if (period !== null && period > 0) return 1000 / period;
  if (interval === null || interval <= 0) return undefined;
  if (unit === 'Hz') return interval;
  const seconds = interval * (SECONDS.get(unit) ?? Number.NaN);
  return seconds > 0 ? 1 / seconds : undefined;
}

function numbersOf(data: Json): Float64Array<ArrayBuffer> {
  const factor = numberOf(data.factor) ?? 1;
  const origin = numberOf(object(data.origin)?.value) ?? 0;
  const words = text(data.data).trim().split(/\s+/).filter(Boolean);
  return Float64Array.from(words, (word) => Number(word) * factor + origin);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** No unit is given: mV, if the median amplitude can be nothing else, else the reader is asked. */
function inferred(signals: readonly DecodedSignal[], where: string): Warning {
  const amplitudes = signals.map(({ values }) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) [low, high] = [Math.min(low, value || 0), Math.max(high, value || 0)];
    return high - low;
  });
  const amplitude = amplitudes.sort((a, b) => a - b)[amplitudes.length >> 1] ?? 0;
  const shown = `the numbers span ${Number(amplitude.toPrecision(3))}`;
  if (amplitude >= PLAUSIBLE_MV[0] && amplitude <= PLAUSIBLE_MV[1]) {
    return { code: 'UNIT_ASSUMED', message: `No unit is given; read as mV, because ${shown}.` };
  }
  const message = `${where} does not say its unit, and ${shown}: please say whether that is mV or µV.`;
  throw new EcgError('NEEDS_INPUT', message, { expected: 'unit mV or uV', found: shown, where });
}
