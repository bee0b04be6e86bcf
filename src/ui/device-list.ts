import type { DeviceMeasurements, Measurements } from '../ecg';
import type { Words } from '../words';

/** A measurement of ours beside the device's. */
export interface DeviceRow {
  readonly name: keyof DeviceMeasurements;
  readonly label: string;
  readonly unit: string;
  readonly ours: number | null;
  readonly device: number | null;
  /** Ours less the device's; null where one of them is missing. */
  readonly difference: number | null;
  /** Farther apart than we hold ourselves to: look at the trace. */
  readonly apart: boolean;
}

/** Within this we want to be with a device's own numbers: bpm, ms. */
const RATE_BPM = 2;
const INTERVAL_MS = 20;

/** What the device measured beside what we did; what it did not measure is left out. */
export function deviceRows(
  { device: words, measurements, bpm }: Words,
  ours: Measurements,
  device: DeviceMeasurements,
): readonly DeviceRow[] {
  const rows = [
    ['heartRateBpm', words.rate, bpm, RATE_BPM],
    ['prMs', measurements.names.prMs, 'ms', INTERVAL_MS],
    ['qrsMs', measurements.names.qrsMs, 'ms', INTERVAL_MS],
    ['qtMs', measurements.names.qtMs, 'ms', INTERVAL_MS],
  ] as const;
  return rows.flatMap(([name, label, unit, most]): DeviceRow[] => {
    const [own, other] = [ours[name], device[name]];
    if (other === null) return [];
    const difference = own === null ? null : Math.round(own) - Math.round(other);
    return [
      {
        name,
        label,
        unit,
        ours: own,
        device: other,
        difference,
        apart: difference !== null && Math.abs(difference) > most,
      },
    ];
  });
}
