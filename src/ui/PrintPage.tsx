import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { caution, nothingPresent } from './conclusion';
import { agesText, dateText, dateTimeText, msText, percent, sexText } from './format';
import { isProminent } from './groups';
import { usePage } from './hooks';
import { flagText, measurementRows, valueText } from './measurement-list';
import { PrintSheet } from './PrintSheet';
import { printedSheet } from './paper-settings';
import { printout } from './printout';
import { currentItem, type Item, shownReading } from './state';

/** The tallest sheet that leaves room for header and findings on A4, mm. */
const MAX_SHEET_MM = 165;

/** One landscape page, built only while it is printed. */
export function PrintPage() {
  const [printing, setPrinting] = useState(false);
  const item = usePage(currentItem);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing && item ? <Printed item={item} /> : null;
}

function Printed({ item }: { readonly item: Item }) {
  const ecg = usePage((page) => page.ecg);
  const paper = usePage((page) => page.paper);
  const { patient, recording, warnings, source } = shownReading(item);
  if (!ecg || !recording) return null;
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
  return (
    <div className="print-page">
      <dl className="print-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || '________'}</dd>
          </div>
        ))}
      </dl>
      <PrintSheet sheet={sheet} ecg={ecg} print={printout(sheet, ecg.startS, recording.durationS, simulated)} />
      <PrintedReading item={item} />
    </div>
  );
}

function PrintedReading({ item }: { readonly item: Item }) {
  const { alerts, quality, measurements, ranges, findings, warnings, model } = shownReading(item);
  const present = findings.filter(isProminent);
  return (
    <div className="print-reading">
      {alerts.map(({ code, message }) => (
        <p key={code}>
          <b>Alert: {message}</b>
        </p>
      ))}
      {quality && !quality.acceptable && <p>{quality.reason}</p>}
      {measurements && (
        <p>
          {measurementRows(measurements, ranges)
            .filter(({ value }) => value !== null)
            .map((row) => `${row.label} ${valueText(row)} ${row.unit}${flagText(row) && ` (${flagText(row)})`}`)
            .join(' · ')}
        </p>
      )}
      {present.length > 0 && (
        <p>
          {present.map(({ code, label, probability, threshold }) => (
            <span key={code} className="print-finding">
              <b>{label}</b> {probability !== null && percent(probability)} (threshold {percent(threshold)})
            </span>
          ))}
        </p>
      )}
      {findings.length > 0 && nothingPresent(findings) && <p>{caution(findings, measurements)}</p>}
      {warnings.length > 0 && <p>{warnings.map(({ message }) => message).join(' ')}</p>}
      <p>
        <b>Research software, not a medical device. UNCONFIRMED.</b>{' '}
        {model &&
          `${model.id} ${model.version}, weights ${model.weightsSha256.slice(0, 12)}${model.inferenceMs === null ? '' : `, ${msText(model.inferenceMs)}`}`}
      </p>
    </div>
  );
}
