import type { ModelInput } from '../ecg';

/** What was measured of an ECG by feature name; null or absent where it is not measurable. */
export type WaveFeatures = Readonly<Record<string, number | null>>;

/**
 * The same features for each of `batch` windows: [batch, 2W] = scaled values, 0 where unknown, then 1 where known.
 * The same numbers as `training/efficientecg/waves.py`; empty for a network that takes none.
 */
export function waveInputs(features: WaveFeatures, { waves }: ModelInput, batch: number): Float32Array<ArrayBuffer> {
  if (!waves) return new Float32Array();
  const measured = waves.features.map(({ name }) => features[name] ?? Number.NaN);
  const known = measured.map(Number.isFinite);
  const values = waves.features.map(({ offset, scale }, i) => {
    const scaled = ((measured[i] ?? Number.NaN) - offset) / scale;
    return known[i] ? Math.min(Math.max(scaled, -waves.limit), waves.limit) : 0;
  });
  const row = [...values, ...known.map(Number)];
  return Float32Array.from({ length: row.length * batch }, (_, i) => row[i % row.length] ?? 0);
}
