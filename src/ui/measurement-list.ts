import type { Measurements, NormalRange, Ranges } from '../ecg';
import type { Interval } from '../paper';
import { sentence, type Words } from '../words';

type MeasurementName = keyof Words['measurements']['names'];

/** A measurement as it is shown: `name` is its name in the analysis JSON. */
export interface MeasurementRow {
  readonly name: MeasurementName;
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
export function measurementRows(words: Words, m: Measurements, ranges: Ranges): readonly MeasurementRow[] {
  const { names, regular, irregular } = words.measurements;
  const { bpm } = words;
  const row = (
    name: MeasurementName,
    unit: string,
    value: MeasurementRow['value'],
    interval: Interval | null,
  ): MeasurementRow => {
    const label = names[name];
    return { name, label, unit, value, interval, disputedMs: disputed(m, name), range: rangeOf(ranges, name) };
  };
  const { regularity } = m.rhythm;
  return [
    row('heartRateBpm', bpm, m.heartRateBpm, RR),
    row('regularity', '', regularity && { regular, irregular }[regularity], RR),
    row('prMs', 'ms', m.prMs, PR),
    row('qrsMs', 'ms', m.qrsMs, QRS),
    row('qtMs', 'ms', m.qtMs, QT),
    row('qtcFridericiaMs', 'ms', m.qtcMs.fridericia, QT),
    row('pAxisDeg', '°', m.pAxisDeg, P),
    row('qrsAxisDeg', '°', m.qrsAxisDeg, QRS),
    row('tAxisDeg', '°', m.tAxisDeg, T),
    row('rrMs', 'ms', m.rrMs, RR),
    row('atrialRateBpm', bpm, m.atrialRateBpm, P),
    row('pMs', 'ms', m.pMs, P),
    row('qtcBazettMs', 'ms', m.qtcMs.bazett, QT),
    row('qtcFraminghamMs', 'ms', m.qtcMs.framingham, QT),
    row('qtcHodgesMs', 'ms', m.qtcMs.hodges, QT),
    row('sdnnMs', 'ms', m.rhythm.sdnnMs, RR),
    row('rmssdMs', 'ms', m.rhythm.rmssdMs, RR),
    row('sokolowLyonMv', 'mV', m.voltages.sokolowLyonMv, QRS),
    row('cornellMv', 'mV', m.voltages.cornellMv, QRS),
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
const FIRST = [
  'heartRateBpm',
  'regularity',
  'prMs',
  'qrsMs',
  'qtMs',
  'qtcFridericiaMs',
  'pAxisDeg',
  'qrsAxisDeg',
  'tAxisDeg',
];

export const isFirst = ({ name }: MeasurementRow) => FIRST.includes(name);

export function valueText({ measurements, number }: Words, { value, unit, range }: MeasurementRow): string {
  if (value === null) {
    return range?.word === 'indeterminate' ? measurements.indeterminate : measurements.notMeasurable;
  }
  return typeof value === 'string' ? value : number(value, unit === 'mV' ? 2 : 0);
}

/** `high`, `low`, or what an axis is called: what a reader looks for beside a number. Empty within the range. */
export function flagText({ measurements: { axis, flags } }: Words, { range, value }: MeasurementRow): string {
  if (!range || value === null) return '';
  const { flag, word } = range;
  if (word && word !== 'normal' && word !== 'indeterminate') return axis[word];
  return flag ? flags[flag] : '';
}

/** What has to be known to read the numbers, each sentence once, with the measurements that it is about. */
export function notesOf(
  words: Words,
  rows: readonly MeasurementRow[],
): readonly { readonly note: string; readonly about: string }[] {
  const labels = new Map<string, string[]>();
  for (const { label, value, range } of rows) {
    if (value === null || !range?.note) continue;
    const note = sentence(words, range.note, range.noteSaying);
    labels.set(note, [...(labels.get(note) ?? []), label]);
  }
  return [...labels].map(([note, about]) => ({ note, about: words.list(about) }));
}
