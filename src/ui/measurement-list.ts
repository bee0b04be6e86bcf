import type { Measurements, NormalRange, Ranges } from '../ecg';
import type { Interval } from '../paper';

/** A measurement as it is shown: `name` is its name in the analysis JSON. */
export interface MeasurementRow {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly value: number | string | null;
  /** What is normal for this patient; null where nobody has a limit. */
  readonly range: NormalRange | null;
  /** The marks it was measured between; null where it comes from no single stretch of the trace. */
  readonly interval: Interval | null;
  /** What the second opinion measures, ms, where it is too far away; null where it agrees or has none. */
  readonly disputedMs: number | null;
}

const P: Interval = ['p.onset', 'p.offset'];
const PR: Interval = ['p.onset', 'qrs.onset'];
const QRS: Interval = ['qrs.onset', 'qrs.offset'];
const QT: Interval = ['qrs.onset', 't.offset'];
const T: Interval = ['t.onset', 't.offset'];
const RR: Interval = 'beat to beat';

/** All measurements in reading order; a null value was not measurable. */
export function measurementRows(m: Measurements, ranges: Ranges): readonly MeasurementRow[] {
  const row = (
    name: string,
    label: string,
    unit: string,
    value: MeasurementRow['value'],
    interval: Interval | null,
  ): MeasurementRow => {
    return { name, label, unit, value, interval, disputedMs: disputed(m, name), range: rangeOf(ranges, name) };
  };
  return [
    row('heartRateBpm', 'Ventricular rate', 'bpm', m.heartRateBpm, RR),
    row('regularity', 'Rhythm', '', m.rhythm.regularity, RR),
    row('prMs', 'PR', 'ms', m.prMs, PR),
    row('qrsMs', 'QRS', 'ms', m.qrsMs, QRS),
    row('qtMs', 'QT', 'ms', m.qtMs, QT),
    row('qtcFridericiaMs', 'QTc Fridericia', 'ms', m.qtcMs.fridericia, QT),
    row('qrsAxisDeg', 'QRS axis', '°', m.qrsAxisDeg, QRS),
    row('rrMs', 'RR interval', 'ms', m.rrMs, RR),
    row('atrialRateBpm', 'Atrial rate', 'bpm', m.atrialRateBpm, P),
    row('pMs', 'P', 'ms', m.pMs, P),
    row('qtcBazettMs', 'QTc Bazett', 'ms', m.qtcMs.bazett, QT),
    row('qtcFraminghamMs', 'QTc Framingham', 'ms', m.qtcMs.framingham, QT),
    row('qtcHodgesMs', 'QTc Hodges', 'ms', m.qtcMs.hodges, QT),
    row('pAxisDeg', 'P axis', '°', m.pAxisDeg, P),
    row('tAxisDeg', 'T axis', '°', m.tAxisDeg, T),
    row('sdnnMs', 'RR variation (SDNN)', 'ms', m.rhythm.sdnnMs, RR),
    row('rmssdMs', 'Beat to beat (RMSSD)', 'ms', m.rhythm.rmssdMs, RR),
    row('sokolowLyonMv', 'Sokolow-Lyon', 'mV', m.voltages.sokolowLyonMv, QRS),
    row('cornellMv', 'Cornell', 'mV', m.voltages.cornellMv, QRS),
  ];
}

/** The interval that a second opinion on a row is about: QTc is as sure as its QT. */
const DISPUTABLE: Readonly<Record<string, 'prMs' | 'qrsMs' | 'qtMs'>> = {
  prMs: 'prMs',
  qrsMs: 'qrsMs',
  qtMs: 'qtMs',
  qtcFridericiaMs: 'qtMs',
  qtcBazettMs: 'qtMs',
  qtcFraminghamMs: 'qtMs',
  qtcHodgesMs: 'qtMs',
};

function disputed({ secondOpinion }: Measurements, name: string): number | null {
  const interval = DISPUTABLE[name];
  return interval && secondOpinion?.disputed.includes(interval) ? secondOpinion[interval] : null;
}

/** Every name of a range is one of a measurement; not every measurement has one. */
const rangeOf = (ranges: Ranges, name: string): NormalRange | null =>
  (ranges as Readonly<Partial<Record<string, NormalRange>>>)[name] ?? null;

/** What is read first on every ECG; it always stands there, measurable or not. The rest unfolds. */
const FIRST = ['heartRateBpm', 'regularity', 'prMs', 'qrsMs', 'qtMs', 'qtcFridericiaMs', 'qrsAxisDeg'];

export const isFirst = ({ name }: MeasurementRow) => FIRST.includes(name);

export function valueText({ value, unit, range }: MeasurementRow): string {
  if (value === null) return range?.word === 'indeterminate' ? 'indeterminate' : 'not measurable';
  if (typeof value === 'string') return value;
  return unit === 'mV' ? value.toFixed(2) : String(Math.round(value)).replace('-', '−');
}

/** `high`, `low`, or what an axis is called: what a reader looks for beside a number. Empty within the range. */
export function flagText({ range, value }: MeasurementRow): string {
  if (!range || value === null) return '';
  const { flag, word } = range;
  if (word && word !== 'normal' && word !== 'indeterminate')
    return word === 'extreme' ? 'extreme' : `${word} deviation`;
  return flag ?? '';
}

/** What has to be known to read the numbers, each sentence once, with the measurements that it is about. */
export function notesOf(rows: readonly MeasurementRow[]): readonly { readonly note: string; readonly about: string }[] {
  const labels = new Map<string, string[]>();
  for (const { label, value, range } of rows) {
    if (value !== null && range?.note) labels.set(range.note, [...(labels.get(range.note) ?? []), label]);
  }
  return [...labels].map(([note, about]) => ({ note, about: about.join(', ') }));
}
