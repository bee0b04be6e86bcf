import type { Comparison, MeasurementChange, StChange } from '../../ecg';
import { sentence, statementText, type Words } from '../../words';
import { isIdentified } from './identity';

/** One small square at 10 mm/mV: what an eye sees on the paper, mV. */
export const SEEN_ST_MV = 0.1;

/** The comparison as a report has it: which ECG, the numbers of both, statements, ST levels, and whose they are. */
export function comparisonText(words: Words, comparison: Comparison): string {
  return [
    comparison.with.isSameFile ? words.compare.sameFile : null,
    measurementSentence(words, comparison),
    ...alertSentences(words, comparison),
    ...statementSentences(words, comparison),
    stSentence(words, comparison.st),
    identitySentence(words, comparison),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

function measurementSentence(words: Words, { with: { file, startTime }, order, measurements }: Comparison): string {
  const { compared, number } = words;
  const time = startTime ? startTime.slice(0, 16).replace('T', ', ') : null;
  const numbers = measurements.map(({ name, here, other }) =>
    compared.value(
      compared.names[name],
      here === null ? null : `${number(here)}${unitOf(words, name)}`,
      other === null ? null : number(other),
    ),
  );
  return compared.with(order, time, file, numbers);
}

function unitOf({ bpm }: Words, name: MeasurementChange['name']): string {
  if (name === 'qrsAxisDeg') return '°';
  return name === 'heartRateBpm' ? ` ${bpm}` : ' ms';
}

function alertSentences(words: Words, { alerts, order }: Comparison): readonly string[] {
  const { newAlert, goneAlert, alertHere, alertThere } = words.compared;
  const [onHere, onThere] = order === 'earlier' ? [newAlert, goneAlert] : [alertHere, alertThere];
  return alerts.map(({ message, saying, raisedHere }) =>
    (raisedHere ? onHere : onThere)(sentence(words, message, saying)),
  );
}

function statementSentences(words: Words, { statements, order, statementsCompared }: Comparison): readonly string[] {
  const { cannot, same, fresh, gone, hereAlone, thereAlone, odds } = words.compared;
  if (statementsCompared === 0) return [cannot];
  if (statements.length === 0) return [same];
  const named = (statedHere: boolean) =>
    statements
      .filter((statement) => statement.statedHere === statedHere)
      .map((statement) => odds(statementText(words, statement), statement.here, statement.other));
  const [here, there] = [named(true), named(false)];
  const [onHere, onThere] = order === 'earlier' ? [fresh, gone] : [hereAlone, thereAlone];
  return [...(here.length > 0 ? [onHere(here)] : []), ...(there.length > 0 ? [onThere(there)] : [])];
}

function stSentence({ compared, number }: Words, st: readonly StChange[]): string {
  if (st.length === 0) return compared.noSt;
  const changed = st.filter(isSeen).map(({ lead, hereMv, otherMv }) => {
    const mv = hereMv - otherMv;
    return `${lead} ${mv > 0 ? '+' : '−'}${number(Math.abs(mv), 2)}`;
  });
  return changed.length > 0 ? compared.st(changed) : compared.stSame();
}

/** Whether a lead's ST level changed by what can be seen; hundredths, as they are shown. */
export const isSeen = ({ hereMv, otherMv }: StChange) =>
  Math.abs(Math.round(100 * (hereMv - otherMv))) >= 100 * SEEN_ST_MV;

/** What has to be said of whose ECGs they are; null where both name the same patient. */
export function identitySentence({ compared }: Words, { identity }: Pick<Comparison, 'identity'>): string | null {
  const { differing } = identity;
  if (differing.length > 0) return compared.differ(differing.map((field) => compared.identifiers[field]));
  return isIdentified(identity) ? null : compared.unknownPatient;
}
