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
    row('regularity', 'Rhythm', '', m.rhythm.regularity),
    row('prMs', 'PR', 'ms', m.prMs),
    row('qrsMs', 'QRS', 'ms', m.qrsMs),
    row('qtMs', 'QT', 'ms', m.qtMs),
    row('qtcFridericiaMs', 'QTc Fridericia', 'ms', m.qtcMs.fridericia),
    row('qrsAxisDeg', 'QRS axis', '°', m.qrsAxisDeg),
    row('rrMs', 'RR interval', 'ms', m.rrMs),
    row('atrialRateBpm', 'Atrial rate', 'bpm', m.atrialRateBpm),
    row('pMs', 'P', 'ms', m.pMs),
    row('qtcBazettMs', 'QTc Bazett', 'ms', m.qtcMs.bazett),
    row('qtcFraminghamMs', 'QTc Framingham', 'ms', m.qtcMs.framingham),
    row('qtcHodgesMs', 'QTc Hodges', 'ms', m.qtcMs.hodges),
    row('pAxisDeg', 'P axis', '°', m.pAxisDeg),
    row('tAxisDeg', 'T axis', '°', m.tAxisDeg),
    row('sdnnMs', 'RR variation (SDNN)', 'ms', m.rhythm.sdnnMs),
    row('rmssdMs', 'Beat to beat (RMSSD)', 'ms', m.rhythm.rmssdMs),
  ];
}

/** What is read first on every ECG; it always stands there, measurable or not. The rest unfolds. */
const FIRST = ['heartRateBpm', 'regularity', 'prMs', 'qrsMs', 'qtMs', 'qtcFridericiaMs', 'qrsAxisDeg'];

export const isFirst = ({ name }: MeasurementRow) => FIRST.includes(name);

export function valueText({ value }: MeasurementRow): string {
  if (value === null) return 'not measurable';
  return typeof value === 'string' ? value : String(Math.round(value));
}
