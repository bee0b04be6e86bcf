import { type Json, object, text } from '../json';
import type { Entries } from './entries';

/**
 * A recording of AliveCor's Kardia interface (developers.kardia.com): `data.raw` with `frequency` in Hz, `amplitudeResolution` in nV a step
 * and `samples` by lead; `data.enhanced`, the same through AliveCor's filter, is left aside. Null for any other JSON. No real file was at
 * hand.
 */
export function kardiaEntries(root: unknown): Entries | null {
  const recording = object(root);
  const raw = object(object(recording?.data)?.raw);
  const samples = object(raw?.samples);
  const nanovolts = Number(raw?.amplitudeResolution);
  if (!recording || !raw || !samples || !(nanovolts > 0)) return null;
  return [
    ...Object.entries(samples).flatMap(([name, values]): [string, Float64Array][] =>
      Array.isArray(values) ? [[name, Float64Array.from(values, Number)]] : [],
    ),
    ['fs', text(raw.frequency)],
    ['gain (steps/mV)', String(1e6 / nanovolts)],
    ['recorded date', text(recording.recordedAt)],
    ['device', deviceOf(object(recording.deviceInfo))],
    ['classification', text(recording.algorithmDetermination)],
  ];
}

function deviceOf(info: Json | null): string {
  return `AliveCor ${text(info?.hardwareType)}`.trim();
}
