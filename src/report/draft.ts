import { type Finding, isPaced, type Reading, type ReportSection, type ReportStatement } from '../ecg';
import { sentence, statementText, type Words } from '../words';
import { comparisonText } from './comparison';
import {
  axisSentence,
  findingSentence,
  intervalSentence,
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

/** The report as the reading alone has it, but for its conclusion: that follows from what the reader leaves standing. */
export function draft(words: Words, reading: Reading): readonly ReportStatement[] {
  const measured = (id: string, section: ReportSection, text: string | null): readonly ReportStatement[] =>
    text === null ? [] : [proposed(`measured.${id}`, section, text, 'measured')];
  const network = (section: ReportSection) => networkStatements(words, section, reading);
  return [
    ...reading.alerts.map(({ code, message, saying }) =>
      proposed(`alert.${code}`, 'alerts', sentence(words, message, saying), 'measured'),
    ),
    ...measured('quality', 'alerts', refusal(words, reading)),
    ...measured('rate', 'rate', rateSentence(words, reading)),
    ...measured('rhythm', 'rhythm', rhythmSentence(words, reading)),
    ...network('rhythm'),
    ...measured('intervals', 'intervals', intervalSentence(words, reading)),
    ...measured('axis', 'axis', axisSentence(words, reading)),
    ...measured('p', 'p', pSentence(words, reading)),
    ...network('conduction'),
    ...measured('voltage', 'hypertrophy', voltageSentence(words, reading)),
    ...network('hypertrophy'),
    ...network('infarction'),
    ...measured('st', 'st-t', stSentence(words, reading)),
    ...network('st-t'),
    ...measured('comparison', 'comparison', reading.comparison ? comparisonText(words, reading.comparison) : null),
  ];
}

const proposed = (
  id: string,
  section: ReportSection,
  text: string,
  origin: ReportStatement['origin'],
  coding: ReportStatement['coding'] = null,
): ReportStatement => ({ id, section, text, drafted: text, origin, state: 'proposed', coding });

function refusal(words: Words, { quality }: Reading): string | null {
  if (!quality || quality.acceptable) return null;
  const { notInterpretable } = words.sentences;
  return quality.reason === null
    ? notInterpretable(words.sentences.poorQuality)
    : notInterpretable(sentence(words, quality.reason, quality.reasonSaying));
}

const sectionOf = ({ group, code }: Finding) => (group === 'superclass' ? SUPERCLASS_SECTION[code] : group);

/** What the network states in a section, or one sentence on why nothing stands there. */
function networkStatements(words: Words, section: ReportSection, reading: Reading): readonly ReportStatement[] {
  const own = reading.findings.filter((finding) => sectionOf(finding) === section);
  const present = own.filter(({ status }) => status === 'present').sort(statementsFirst);
  const readable = present.filter((finding) => !isUnreadable(finding));
  if (present.length > 0) {
    return [...readable.map((finding) => toStatement(words, finding)), ...unreadable(words, section, present)];
  }
  if (!isRead(section) || own.length === 0) return [];
  return [proposed(`network.${section}`, section, nothingStated(words, section, own, isPaced(reading)), 'network')];
}

/** The sections that the network speaks in. */
type ReadSection = keyof Words['sentences']['nothing'];

const isRead = (section: ReportSection): section is ReadSection =>
  ['rhythm', 'conduction', 'hypertrophy', 'infarction', 'st-t'].includes(section);

/** What is written where the network states nothing in a section. */
function nothingStated(words: Words, section: ReadSection, own: readonly Finding[], paced: boolean): string {
  const { notReadPaced, nothing, notAssessed } = words.sentences;
  const title = words.report.sections[section];
  if (paced && section !== 'rhythm' && section !== 'st-t') return notReadPaced(title);
  if (own.some(({ status }) => status === 'absent')) return nothing[section];
  const { reason = null, reasonSaying } = own.find((finding) => finding.reason) ?? {};
  return notAssessed(title, reason === null ? words.said.notRun() : sentence(words, reason, reasonSaying));
}

/** A superclass says less than the statements in it, and stands behind them. */
const statementsFirst = (a: Finding, b: Finding) =>
  Number(a.group === 'superclass') - Number(b.group === 'superclass') || (b.probability ?? 0) - (a.probability ?? 0);

const isUnreadable = ({ conflicts }: Finding) => conflicts.some(({ code }) => code === 'UNREADABLE');

function toStatement(words: Words, finding: Finding): ReportStatement {
  const { code, system, snomed } = finding;
  const text = findingSentence(words, finding);
  return proposed(`finding.${code}`, sectionOf(finding) ?? 'conclusion', text, 'network', { code, system, snomed });
}

/** What the network states and nobody can read is said once, without its codes. */
function unreadable(words: Words, section: ReportSection, present: readonly Finding[]): readonly ReportStatement[] {
  const { withheld, odds } = words.sentences;
  const hidden = present.filter(isUnreadable);
  const reason = hidden[0]?.conflicts.find(({ code }) => code === 'UNREADABLE');
  if (!reason) return [];
  const names = hidden.map((finding) => odds(statementText(words, finding), finding.probability ?? Number.NaN));
  const text = withheld(sentence(words, reason.message, reason.saying), names);
  return [proposed(`unreadable.${section}`, section, text, 'network')];
}
