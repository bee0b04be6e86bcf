import type { Finding, NormalRange, Reading } from '../ecg';
import { type Atria, type Outside, type ReportInterval, sentence, statementText, type Words } from '../words';

/** Behind a number that is outside its range; null within it or without one. */
function outside(words: Words, range: NormalRange | undefined): Outside | null {
  return range?.flag && range.text ? { flag: range.flag, range: sentence(words, range.text, range.textSaying) } : null;
}

export function rateSentence(words: Words, { measurements, ranges }: Reading): string {
  const rate = measurements?.heartRateBpm ?? null;
  if (rate === null) return words.sentences.noRate;
  return words.sentences.rate(rate, outside(words, ranges.heartRateBpm));
}

/** What the beats and P waves themselves show, before any statement about the rhythm. */
export function rhythmSentence(words: Words, reading: Reading): string | null {
  const regularity = reading.measurements?.rhythm.regularity ?? null;
  const atria = atriaOf(reading);
  return regularity || atria ? words.sentences.rhythm(regularity, atria) : null;
}

function atriaOf({ measurements }: Reading): Atria | null {
  if (!measurements) return null;
  const { prMs, atrialRateBpm, qrsMs } = measurements;
  if (prMs !== null) return { kind: 'before' };
  if (atrialRateBpm !== null) return { kind: 'apart', bpm: atrialRateBpm };
  return qrsMs === null ? null : { kind: 'none' };
}

export function intervalSentence(words: Words, { measurements, ranges }: Reading): string {
  if (!measurements) return words.sentences.noIntervals;
  const { prMs, qrsMs, qtMs, qtcMs } = measurements;
  const all: readonly ReportInterval[] = [
    { name: 'PR', ms: prMs, out: outside(words, ranges.prMs) },
    { name: 'QRS', ms: qrsMs, out: outside(words, ranges.qrsMs) },
    { name: 'QT', ms: qtMs, out: null },
    { name: 'QTc', ms: qtcMs.fridericia, out: outside(words, ranges.qtcFridericiaMs) },
  ];
  return words.sentences.intervals(all);
}

export function axisSentence(words: Words, { measurements, ranges }: Reading): string {
  const { noAxis, axisIndeterminate, axis } = words.sentences;
  const range = ranges.qrsAxisDeg;
  const degrees = measurements?.qrsAxisDeg ?? null;
  const word = range?.word ?? null;
  if (degrees !== null) return axis(degrees, word === 'indeterminate' ? null : word);
  if (range?.note) return sentence(words, range.note, range.noteSaying);
  return word ? axisIndeterminate : noAxis;
}

export function pSentence(words: Words, { measurements, ranges }: Reading): string {
  const p = measurements?.pMs ?? null;
  if (!measurements || p === null) return words.sentences.noP;
  return words.sentences.p(p, outside(words, ranges.pMs), measurements.pAxisDeg);
}

export function voltageSentence(words: Words, { measurements, ranges }: Reading): string | null {
  const { sokolowLyonMv = null, cornellMv = null } = measurements?.voltages ?? {};
  const all = [
    ...(sokolowLyonMv === null
      ? []
      : [{ name: 'Sokolow-Lyon', mv: sokolowLyonMv, out: outside(words, ranges.sokolowLyonMv) } as const]),
    ...(cornellMv === null ? [] : [{ name: 'Cornell', mv: cornellMv, out: outside(words, ranges.cornellMv) } as const]),
  ];
  return all.length > 0 ? words.sentences.voltages(all) : null;
}

const ST_ALERTS = ['ST_ELEVATION', 'ST_DEPRESSION', 'ST_NOT_APPLICABLE', 'SGARBOSSA'];

/** The ST levels by the rules alone; what they raise is an alert already. */
export function stSentence({ sentences }: Words, { measurements, alerts }: Reading): string {
  if (!measurements?.st) return sentences.noSt;
  return alerts.some(({ code }) => ST_ALERTS.includes(code)) ? sentences.stOutside : sentences.stNormal;
}

/** A statement of the network with its probability, and what conflicts with it. */
export function findingSentence(words: Words, finding: Finding): string {
  const { probability, threshold, conflicts, shift } = finding;
  const { statement, statementOdds, statementOddsOwn, conflict } = words.sentences;
  const label = statementText(words, finding);
  return [
    probability === null
      ? statement(label)
      : shift
        ? statementOddsOwn(label, probability, threshold, shift.own)
        : statementOdds(label, probability, threshold),
    ...conflicts.map(({ message, saying }) => conflict(sentence(words, message, saying))),
  ].join(' ');
}
