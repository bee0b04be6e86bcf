import { type Finding, isPaced, type Reading, type ReportSection, type ReportStatement } from '../ecg';
import { comparisonText } from './comparison';
import {
  axisSentence,
  findingSentence,
  intervalSentence,
  percent,
  pSentence,
  rateSentence,
  rhythmSentence,
  stSentence,
  voltageSentence,
} from './sentences';

/** Where the diagnostic superclasses of PTB-XL belong; `NORM` belongs to no part of the heart. */
const SUPERCLASS_SECTION: Readonly<Partial<Record<string, ReportSection>>> = {
  CD: 'conduction',
  HYP: 'hypertrophy',
  MI: 'infarction',
  STTC: 'st-t',
};

/** The sections that the network speaks in, and what is written where it states nothing in them. */
const READ: readonly { readonly section: ReportSection; readonly none: string | null; readonly topic: string }[] = [
  { section: 'rhythm', none: 'No statement about the rhythm above its threshold.', topic: 'Rhythm' },
  { section: 'conduction', none: 'No conduction disturbance above its threshold.', topic: 'Conduction' },
  { section: 'hypertrophy', none: 'No hypertrophy above its threshold.', topic: 'Hypertrophy' },
  { section: 'infarction', none: 'No infarction above its threshold: this does not exclude one.', topic: 'Infarction' },
  { section: 'st-t', none: 'No ST or T wave change above its threshold.', topic: 'ST and T' },
];

/** The report as the reading alone has it, but for its conclusion: that follows from what the reader leaves standing. */
export function draft(reading: Reading): readonly ReportStatement[] {
  const measured = (id: string, section: ReportSection, text: string | null): readonly ReportStatement[] =>
    text === null ? [] : [proposed(`measured.${id}`, section, text, 'measured')];
  const network = (section: ReportSection) => networkStatements(section, reading);
  return [
    ...reading.alerts.map(({ code, message }) => proposed(`alert.${code}`, 'alerts', message, 'measured')),
    ...measured('quality', 'alerts', refusal(reading)),
    ...measured('rate', 'rate', rateSentence(reading)),
    ...measured('rhythm', 'rhythm', rhythmSentence(reading)),
    ...network('rhythm'),
    ...measured('intervals', 'intervals', intervalSentence(reading)),
    ...measured('axis', 'axis', axisSentence(reading)),
    ...measured('p', 'p', pSentence(reading)),
    ...network('conduction'),
    ...measured('voltage', 'hypertrophy', voltageSentence(reading)),
    ...network('hypertrophy'),
    ...network('infarction'),
    ...measured('st', 'st-t', stSentence(reading)),
    ...network('st-t'),
    ...measured('comparison', 'comparison', reading.comparison ? comparisonText(reading.comparison) : null),
  ];
}

const proposed = (
  id: string,
  section: ReportSection,
  text: string,
  origin: ReportStatement['origin'],
  coding: ReportStatement['coding'] = null,
): ReportStatement => ({ id, section, text, drafted: text, origin, state: 'proposed', coding });

function refusal({ quality }: Reading): string | null {
  return quality && !quality.acceptable ? `Not interpretable: ${quality.reason ?? 'poor signal quality'}.` : null;
}

const sectionOf = ({ group, code }: Finding) => (group === 'superclass' ? SUPERCLASS_SECTION[code] : group);

/** What the network states in a section, or one sentence on why nothing stands there. */
function networkStatements(section: ReportSection, reading: Reading): readonly ReportStatement[] {
  const own = reading.findings.filter((finding) => sectionOf(finding) === section);
  const present = own.filter(({ status }) => status === 'present').sort(statementsFirst);
  const readable = present.filter((finding) => !isUnreadable(finding));
  if (readable.length > 0) return [...readable.map(toStatement), ...unreadable(section, present)];
  if (present.length > 0) return unreadable(section, present);
  const read = READ.find((one) => one.section === section);
  if (!read || own.length === 0) return [];
  const id = `network.${section}`;
  if (isPaced(reading) && section !== 'rhythm' && section !== 'st-t') {
    return [proposed(id, section, `${read.topic} not read: paced rhythm.`, 'network')];
  }
  if (own.some(({ status }) => status === 'absent'))
    return read.none ? [proposed(id, section, read.none, 'network')] : [];
  const reason = own.find((finding) => finding.reason)?.reason ?? 'the network did not run';
  return [proposed(id, section, `${read.topic} not assessed: ${reason}.`, 'network')];
}

/** A superclass says less than the statements in it, and stands behind them. */
const statementsFirst = (a: Finding, b: Finding) =>
  Number(a.group === 'superclass') - Number(b.group === 'superclass') || (b.probability ?? 0) - (a.probability ?? 0);

const isUnreadable = ({ conflicts }: Finding) => conflicts.some(({ code }) => code === 'UNREADABLE');

function toStatement(finding: Finding): ReportStatement {
  const { code, system, snomed } = finding;
  const text = findingSentence(finding);
  return proposed(`finding.${code}`, sectionOf(finding) ?? 'conclusion', text, 'network', { code, system, snomed });
}

/** What the network states and nobody can read is said once, without its codes. */
function unreadable(section: ReportSection, present: readonly Finding[]): readonly ReportStatement[] {
  const hidden = present.filter(isUnreadable);
  const reason = hidden[0]?.conflicts.find(({ code }) => code === 'UNREADABLE');
  if (!reason) return [];
  const names = hidden.map(({ label, probability }) => `${label} (network ${percent(probability ?? Number.NaN)})`);
  return [proposed(`unreadable.${section}`, section, `${reason.message} Withheld: ${names.join(', ')}.`, 'network')];
}
