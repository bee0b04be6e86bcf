import type { Comparison, Identifier, MeasurementChange, StatementChange, StChange } from '../../ecg';
import { percent } from '../sentences';
import { isIdentified } from './identity';

/** One small square at 10 mm/mV: what an eye sees on the paper, mV. */
export const SEEN_ST_MV = 0.1;

/** The comparison as a report has it: which ECG, the numbers of both, statements, ST levels, and whose they are. */
export function comparisonText(comparison: Comparison): string {
  return [
    measurementSentence(comparison),
    ...statementSentences(comparison),
    stSentence(comparison.st),
    identitySentence(comparison),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

const NAMES: Readonly<Record<MeasurementChange['name'], readonly [name: string, unit: string]>> = {
  heartRateBpm: ['rate', ' bpm'],
  prMs: ['PR', ' ms'],
  qrsMs: ['QRS', ' ms'],
  qtMs: ['QT', ' ms'],
  qtcFridericiaMs: ['QTc', ' ms'],
  qrsAxisDeg: ['QRS axis', '°'],
};

const whole = (value: number) => String(Math.round(value)).replace('-', '−');

function measurementSentence({ with: { file, startTime }, order, measurements }: Comparison): string {
  const kind = order === 'unknown' ? 'ECG' : `${order} ECG`;
  const time = startTime ? startTime.slice(0, 16).replace('T', ', ') : 'unknown time';
  const numbers = measurements.map(({ name, here, other }) => {
    const [label, unit] = NAMES[name];
    const text = here === null ? 'not measurable' : `${whole(here)}${unit}`;
    return `${label} ${text} (there ${other === null ? 'not measurable' : whole(other)})`;
  });
  return `Compared with the ${kind} of ${time} (${file}): ${numbers.join(', ')}.`;
}

function statementSentences({ statements, order, statementsCompared }: Comparison): readonly string[] {
  if (statementsCompared === 0) return ["The network's statements cannot be compared."];
  const [here, there] = [statements.filter(({ statedHere }) => statedHere), statements.filter((s) => !s.statedHere)];
  if (statements.length === 0) return ['The network states the same of both.'];
  const [fresh, gone] = order === 'earlier' ? ['New', 'No longer stated'] : ['Stated here alone', 'Stated there alone'];
  return [
    ...(here.length > 0 ? [`${fresh}: ${here.map(statementText).join(', ')}.`] : []),
    ...(there.length > 0 ? [`${gone}: ${there.map(statementText).join(', ')}.`] : []),
  ];
}

const statementText = ({ label, here, other }: StatementChange) =>
  `${label} (network ${percent(here)}, there ${percent(other)})`;

function stSentence(st: readonly StChange[]): string {
  if (st.length === 0) return 'ST levels were not measured in both.';
  const changed = st.filter(isSeen).map(({ lead, hereMv, otherMv }) => {
    const mv = hereMv - otherMv;
    return `${lead} ${mv > 0 ? '+' : '−'}${Math.abs(mv).toFixed(2)}`;
  });
  return changed.length > 0
    ? `ST level changed by 0.1 mV or more in ${changed.join(', ')} mV.`
    : 'No ST level changed by 0.1 mV or more.';
}

/** Whether a lead's ST level changed by what can be seen; hundredths, as they are shown. */
export const isSeen = ({ hereMv, otherMv }: StChange) =>
  Math.abs(Math.round(100 * (hereMv - otherMv))) >= 100 * SEEN_ST_MV;

const IDENTIFIER_NAMES: Readonly<Record<Identifier, string>> = {
  id: 'ID',
  name: 'name',
  birthDate: 'birth date',
  sex: 'sex',
};

/** What has to be said of whose ECGs they are; null where both name the same patient. */
export function identitySentence({ identity }: Pick<Comparison, 'identity'>): string | null {
  const { differing } = identity;
  if (differing.length > 0) {
    const names = differing.map((field) => IDENTIFIER_NAMES[field]).join(', ');
    return `They differ in ${names}; the reader took them for one patient's.`;
  }
  if (isIdentified(identity)) return null;
  return 'No ID, name or birth date stands on both: whether they are of one patient is not known.';
}
