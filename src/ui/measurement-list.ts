import type { Measurements } from '../ecg';

/** A measurement as it is shown: `name` is its name in the analysis JSON. */
export interface MeasurementRow {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly value: number | string | null;
}

/** All measurements in reading order; a null value was not measurable. */
export function measurementRows(m: Measurements): readonly MeasurementRow[] {
  const row = (name: string, label: string, unit: string, value: MeasurementRow['value']) => ({
    name,
    label,
    unit,
    value,
  });
  return [
    row('heartRateBpm', 'Ventricular rate', 'bpm', m.heartRateBpm),
    row('rrMs', 'RR interval', 'ms', m.rrMs),
    row('regularity', 'Rhythm', '', m.rhythm.regularity),
    row('sdnnMs', 'RR variation (SDNN)', 'ms', m.rhythm.sdnnMs),
    row('rmssdMs', 'Beat to beat (RMSSD)', 'ms', m.rhythm.rmssdMs),
    row('pMs', 'P', 'ms', m.pMs),
    row('prMs', 'PR', 'ms', m.prMs),
    row('qrsMs', 'QRS', 'ms', m.qrsMs),
    row('qtMs', 'QT', 'ms', m.qtMs),
    row('qtcBazettMs', 'QTc Bazett', 'ms', m.qtcMs.bazett),
    row('qtcFridericiaMs', 'QTc Fridericia', 'ms', m.qtcMs.fridericia),
    row('qtcFraminghamMs', 'QTc Framingham', 'ms', m.qtcMs.framingham),
    row('qtcHodgesMs', 'QTc Hodges', 'ms', m.qtcMs.hodges),
    row('pAxisDeg', 'P axis', '°', m.pAxisDeg),
    row('qrsAxisDeg', 'QRS axis', '°', m.qrsAxisDeg),
    row('tAxisDeg', 'T axis', '°', m.tAxisDeg),
  ];
}

/** Rate and RR always stand there, measurable or not; the others once they are measured. */
const ALWAYS = ['heartRateBpm', 'rrMs', 'regularity', 'sdnnMs', 'rmssdMs'];

export const shownRows = (measurements: Measurements) =>
  measurementRows(measurements).filter(({ name, value }) => value !== null || ALWAYS.includes(name));

export function valueText({ value }: MeasurementRow): string {
  if (value === null) return 'not measurable';
  return typeof value === 'string' ? value : String(Math.round(value));
}
