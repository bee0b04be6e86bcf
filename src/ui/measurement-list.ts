import type { Measurements } from '../ecg';

/** A measurement as it is shown: `name` is its name in the analysis JSON. */
export interface MeasurementRow {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly value: number | null;
}

/** All measurements in reading order; a null value was not measurable. */
export function measurementRows(m: Measurements): readonly MeasurementRow[] {
  const row = (name: string, label: string, unit: string, value: number | null) => ({ name, label, unit, value });
  return [
    row('heartRateBpm', 'Ventricular rate', 'bpm', m.heartRateBpm),
    row('rrMs', 'RR interval', 'ms', m.rrMs),
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
const ALWAYS = ['heartRateBpm', 'rrMs', 'sdnnMs', 'rmssdMs'];

export const shownRows = (measurements: Measurements) =>
  measurementRows(measurements).filter(({ name, value }) => value !== null || ALWAYS.includes(name));

export const valueText = ({ value }: MeasurementRow) => (value === null ? 'not measurable' : String(Math.round(value)));
