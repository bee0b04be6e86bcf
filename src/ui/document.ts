import type { Ecg, Reading } from '../ecg';
import { arrange, type LayoutId, STANDARD_SCALE } from '../paper';
import type { Document, Paragraph } from '../report';
import { caution, nothingPresent } from './conclusion';
import { agesText, dateText, dateTimeText, percent, sexText } from './format';
import { isProminent } from './groups';
import { flagText, measurementRows, valueText } from './measurement-list';
import { printout } from './printout';
import { type Item, shownReading } from './state';

/** The tallest sheet that leaves room for facts and text on one landscape page, mm. */
const MAX_SHEET_MM = 150;

/** What nobody entered and no file said is a line to fill by hand. */
const BLANK = '________';

/** The open ECG as it is printed and exported: always at 25 mm/s and 10 mm/mV, as recorded. Null while it has no trace. */
export function documentOf(item: Item, ecg: Ecg, layout: LayoutId): Document | null {
  const reading = shownReading(item);
  const { patient, recording, warnings, source } = reading;
  if (!recording) return null;
  const sheet = arrange(ecg.leads, layout, ecg, STANDARD_SCALE, MAX_SHEET_MM);
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
  return {
    title: `ECG of ${patient.name ?? patient.id ?? source.name}`,
    facts: facts.map(([label, value]) => [label, value || BLANK] as const),
    sheet,
    ecg,
    print: printout(sheet, ecg.startS, recording.durationS, simulated),
    paragraphs: paragraphsOf(reading),
    footer: footerOf(reading),
  };
}

function paragraphsOf(reading: Reading): readonly Paragraph[] {
  const { alerts, quality, measurements, ranges, findings, warnings } = reading;
  const present = findings.filter(isProminent);
  const paragraphs: Paragraph[] = alerts.map(({ message }) => ({ text: `Alert: ${message}`, bold: true }));
  if (quality && !quality.acceptable && quality.reason) paragraphs.push({ text: quality.reason, bold: true });
  if (measurements) {
    const measured = measurementRows(measurements, ranges)
      .filter(({ value }) => value !== null)
      .map((row) => `${row.label} ${valueText(row)} ${row.unit}${flagText(row) && ` (${flagText(row)})`}`.trim());
    paragraphs.push({ text: measured.join(' · ') });
  }
  if (present.length > 0) {
    const stated = present.map(
      ({ code, label, probability, threshold, operatingPoint }) =>
        `${label} [${code}] ${probability === null ? '' : percent(probability)} (threshold ${percent(threshold)}, ${operatingPoint})`,
    );
    paragraphs.push({ text: stated.join(' · '), bold: true });
  }
  if (findings.length > 0 && nothingPresent(findings)) paragraphs.push({ text: caution(findings, measurements) });
  if (warnings.length > 0) paragraphs.push({ text: warnings.map(({ message }) => message).join(' ') });
  return paragraphs;
}

/** The reading in words, for a system that takes one text. */
export const conclusionText = (reading: Reading) =>
  paragraphsOf(reading)
    .map(({ text }) => text)
    .join('\n');

function footerOf({ model }: Reading): string {
  const network = model ? ` ${model.id} ${model.version}, weights SHA-256 ${model.weightsSha256.slice(0, 16)}` : '';
  return `Research software, not a medical device. UNCONFIRMED.${network}`;
}
