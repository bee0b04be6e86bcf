import { REPORT_SECTIONS, type Reading, type Report, type ReportSection } from '../ecg';
import { type Document, type Paragraph, reportOf } from '../report';
import { caution, nothingPresent } from './conclusion';
import type { ShownEcg } from './display-filter';
import { agesText, dateText, dateTimeText, percent, sexText } from './format';
import { isProminent } from './groups';
import { flagText, measurementRows, valueText } from './measurement-list';
import { type PaperSettings, printedSheet } from './paper-settings';
import { printedOf, printout } from './printout';
import { type Item, shownReading } from './state';

/** The tallest sheet that leaves room for facts and text on one landscape page, mm. */
const MAX_SHEET_MM = 140;

/** What nobody entered and no file said is a line to fill by hand. */
const BLANK = '________';

/** The open ECG as it is printed and exported. Null while it has no trace. */
export function documentOf(item: Item, shown: ShownEcg, paper: PaperSettings): Document | null {
  const reading = shownReading(item);
  const { patient, recording, warnings, source } = reading;
  if (!recording) return null;
  const { ecg } = shown;
  const sheet = printedSheet(ecg, paper, MAX_SHEET_MM);
  const simulated = warnings.some(({ code }) => code === 'SIMULATED');
  const facts = [
    ['Name', patient.name],
    ['ID', patient.id],
    ['Born', patient.birthDate && dateText(patient.birthDate)],
    ['Age', agesText(patient)],
    ['Sex', sexText(patient.sex)],
    ['Acquired', recording.startTime && dateTimeText(recording.startTime)],
    ['File', source.name],
  ] as const;
  const report = reportOf(reading, item.report.now);
  return {
    title: `ECG of ${patient.name ?? patient.id ?? source.name}`,
    facts: facts.map(([label, value]) => [label, value || BLANK] as const),
    sheet,
    ecg,
    print: printout(sheet, printedOf(shown, recording, simulated)),
    paragraphs: paragraphsOf(reading, report),
    footer: footerOf(reading, report),
  };
}

/** Alerts and conclusion first and bold, the rest of the report as it is written, then the numbers that it rests on. */
function paragraphsOf(reading: Reading, report: Report): readonly Paragraph[] {
  const { quality, measurements, findings, warnings } = reading;
  const first: readonly ReportSection[] = ['alerts', 'conclusion'];
  const rest = REPORT_SECTIONS.filter((section) => !first.includes(section));
  const refused = quality && !quality.acceptable ? quality.reason : null;
  const paragraphs: readonly (Paragraph | false)[] = [
    ...first.map((section) => ({ text: standing(report, [section]), bold: true })),
    { text: refused ?? '', bold: true },
    { text: standing(report, rest) },
    { text: measured(reading) },
    { text: stated(reading) },
    findings.length > 0 && nothingPresent(findings) && { text: caution(findings, measurements) },
    { text: warnings.map(({ message }) => message).join(' ') },
  ];
  return paragraphs.filter((paragraph) => paragraph !== false).filter(({ text }) => text !== '');
}

const standing = ({ statements }: Report, sections: readonly ReportSection[]) =>
  statements
    .filter(({ section, state }) => sections.includes(section) && state !== 'rejected')
    .map(({ text }) => text)
    .join(' ');

function measured({ measurements, ranges }: Reading): string {
  if (!measurements) return '';
  return measurementRows(measurements, ranges)
    .filter(({ value }) => value !== null)
    .map((row) => {
      const notes = [flagText(row), row.disputedMs === null ? '' : 'disputed'].filter(Boolean).join(', ');
      return `${row.label} ${valueText(row)} ${row.unit}${notes && ` (${notes})`}`.trim();
    })
    .join(' · ');
}

/** What the network says is present, with the number and the threshold that it rests on. */
function stated({ findings }: Reading): string {
  const present = findings
    .filter(isProminent)
    .map(
      ({ code, probability, threshold }) =>
        `${code} ${probability === null ? '' : percent(probability)} (threshold ${percent(threshold)})`,
    );
  const point = findings[0]?.operatingPoint;
  return present.length > 0 ? `Network, ${point} operating point: ${present.join(' · ')}` : '';
}

function footerOf({ model }: Reading, { confirmation }: Report): string {
  const network = model
    ? `${model.own ? " The reader's own model:" : ''} ${model.id} ${model.version}, weights SHA-256 ${model.weightsSha256.slice(0, 16)}`
    : '';
  return `Research software, not a medical device. ${confirmationText(confirmation)}${network}`;
}

/** What every page says of who answers for it. */
function confirmationText(confirmation: Report['confirmation']): string {
  if (!confirmation) return 'UNCONFIRMED.';
  const { by, at } = confirmation;
  return by ? `Confirmed by ${by}, ${dateTimeText(at)}.` : `Confirmed, ${dateTimeText(at)}.`;
}
