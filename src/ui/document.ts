import { REPORT_SECTIONS, type Reading, type Report, type ReportSection } from '../ecg';
import { arrangeBeats, STANDARD_SCALE } from '../paper';
import { type Document, type Paragraph, reportOf } from '../report';
import { sentence, type Words, warningText } from '../words';
import { caution, nothingPresent } from './conclusion';
import type { ShownEcg } from './display-filter';
import { isProminent } from './groups';
import { flagText, type MeasurementRow, measurementRows, valueText } from './measurement-list';
import { type PaperSettings, printedSheet } from './paper-settings';
import { printedOf, printout } from './printout';
import { type Item, shownReading } from './state';

/** The tallest sheet that leaves room for facts and text on one landscape page, mm. */
const MAX_SHEET_MM = 140;

/** As wide as ten seconds at the standard speed with their margins, mm. */
const BEATS_MM = 270;
/** The tallest that leaves room for facts and footer, mm. */
const MAX_BEATS_MM = 165;

/** What nobody entered and no file said is a line to fill by hand. */
const BLANK = '________';

/** The open ECG as it is printed and exported. Null while it has no trace. */
export function documentOf(words: Words, item: Item, shown: ShownEcg, paper: PaperSettings): Document | null {
  const reading = shownReading(item);
  const { patient, recording, warnings, source } = reading;
  if (!recording) return null;
  const say = words.patient;
  const { ecg } = shown;
  const sheet = printedSheet(words, ecg, paper, MAX_SHEET_MM);
  const simulated = warnings.some(({ code }) => code === 'SIMULATED');
  const facts = [
    [say.name, patient.name],
    [say.id, patient.id],
    [words.print.born, patient.birthDate && words.date(patient.birthDate)],
    [say.age, patient.ageYears === null ? words.ageUnknown : words.ages(Number(patient.ageYears.toFixed(1)))],
    [say.sex, words.sexes[patient.sex]],
    [say.acquired, recording.startTime && words.dateTime(recording.startTime)],
    [words.print.file, source.name],
  ] as const;
  const report = reportOf(reading, item.report.now, words);
  return {
    title: words.print.title(patient.name ?? patient.id ?? source.name),
    facts: facts.map(([label, value]) => [label, value || BLANK] as const),
    sheet,
    ecg,
    print: printout(words, sheet, printedOf(shown, recording, simulated)),
    paragraphs: paragraphsOf(words, reading, report),
    beats: paper.beats ? beatsOf(words, reading.medianBeats, simulated) : null,
    footer: footerOf(words, reading, report),
  };
}

/** The usual beats, as wide as a sheet, at the speed that they are best measured at; slower where they are too tall for that. */
function beatsOf(
  { medianBeat, printout: say }: Words,
  medianBeats: Reading['medianBeats'],
  simulated: boolean,
): Document['beats'] {
  const [first] = medianBeats;
  if (!first) return null;
  const stacks = medianBeats.map((beat) => ({ beat, alike: [], others: [], beneath: null }));
  const at = (mmPerS: number) => ({ mmPerS, sheet: arrangeBeats(stacks, { ...STANDARD_SCALE, mmPerS }, BEATS_MM) });
  const fast = at(50);
  const { mmPerS, sheet } = fast.sheet.heightMm <= MAX_BEATS_MM ? fast : at(STANDARD_SCALE.mmPerS);
  return {
    sheet,
    title: medianBeat.printed(mmPerS, first.beatTimesS.length),
    note: simulated ? say.simulated : '',
  };
}

/** Alerts and conclusion first and bold, the rest of the report as it is written, then the numbers that no sentence of it has. */
function paragraphsOf(words: Words, reading: Reading, report: Report): readonly Paragraph[] {
  const { quality, measurements, findings, warnings } = reading;
  const first: readonly ReportSection[] = ['alerts', 'conclusion'];
  const rest = REPORT_SECTIONS.filter((section) => !first.includes(section));
  const refused =
    quality && !quality.acceptable && quality.reason !== null
      ? sentence(words, quality.reason, quality.reasonSaying)
      : null;
  const paragraphs: readonly (Paragraph | false)[] = [
    ...first.map((section) => ({ text: standing(report, [section]), bold: true })),
    { text: refused ?? '', bold: true },
    { text: standing(report, rest) },
    { text: measured(words, reading) },
    { text: stated(words, reading, report) },
    findings.length > 0 && nothingPresent(findings) && { text: caution(words, findings, measurements) },
    { text: warnings.map((warning) => warningText(words, warning)).join(' ') },
  ];
  return paragraphs.filter((paragraph) => paragraph !== false).filter(({ text }) => text !== '');
}

const standing = ({ statements }: Report, sections: readonly ReportSection[]) =>
  statements
    .filter(({ section, state }) => sections.includes(section) && state !== 'rejected')
    .map(({ text }) => text)
    .join(' ');

/** What the report's sentences say stands on the page once. */
const IN_SENTENCES: readonly MeasurementRow['name'][] = [
  'heartRateBpm',
  'regularity',
  'prMs',
  'qrsMs',
  'qtMs',
  'qtcFridericiaMs',
  'qrsAxisDeg',
  'pMs',
  'pAxisDeg',
  'sokolowLyonMv',
  'cornellMv',
];

function measured(words: Words, { measurements, ranges }: Reading): string {
  if (!measurements) return '';
  return measurementRows(words, measurements, ranges)
    .filter(({ name, value }) => value !== null && !IN_SENTENCES.includes(name))
    .map((row) => {
      const notes = [flagText(words, row), row.disputedMs === null ? '' : words.measurements.disputed]
        .filter(Boolean)
        .join(', ');
      return `${row.label} ${valueText(words, row)} ${row.unit}${notes && ` (${notes})`}`.trim();
    })
    .join(' · ');
}

/** The operating point, and what the network states with its threshold where the reader's words took that sentence's place. */
function stated({ print }: Words, { findings }: Reading, { statements }: Report): string {
  const said = (code: string) =>
    statements.some(
      ({ id, text, drafted, state }) => id === `finding.${code}` && text === drafted && state !== 'rejected',
    );
  const present = findings.filter(isProminent);
  const unsaid = present
    .filter(({ code }) => !said(code))
    .map(({ code, probability, threshold }) => print.threshold(code, probability, threshold));
  const point = findings[0]?.operatingPoint;
  if (!point || present.length === 0) return '';
  return unsaid.length > 0 ? print.network(point, unsaid.join(' · ')) : print.point(point);
}

function footerOf(words: Words, { model }: Reading, { confirmation }: Report): string {
  const { notice, dateTime, print, report } = words;
  const confirmed = confirmation
    ? report.printedBy(confirmation.by, dateTime(confirmation.at))
    : report.printedUnconfirmed;
  const network = model && print.weights(`${model.id} ${model.version}`, model.weightsSha256.slice(0, 16));
  return [notice, confirmed, ...(network ? [network] : [])].join(' ');
}
