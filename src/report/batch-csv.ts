import type { Reading, ReportEdits } from '../ecg';
import { ENGLISH } from '../words';
import { cell } from './cells';
import { reportOf } from './written';

type Value = string | number | boolean | null | undefined;

/** One column of the table of a batch: its heading and what a reading, or what the reader made of it, has for it. */
const COLUMNS: readonly (readonly [
  heading: string,
  value: (reading: Reading, edits: ReportEdits | undefined) => Value,
])[] = [
  ['file', ({ source }) => source.name],
  ['format', ({ source }) => source.format],
  ['duration_s', ({ recording }) => recording?.durationS],
  ['sampling_rate_hz', ({ recording }) => recording?.samplingRateHz],
  ['leads', ({ recording }) => recording?.leads.length],
  ['age_years', ({ patient }) => patient.ageYears],
  ['sex', ({ patient }) => patient.sex],
  ['quality_acceptable', ({ quality }) => quality?.acceptable],
  ['quality_score', ({ quality }) => quality?.score],
  ['heart_rate_bpm', ({ measurements }) => measurements?.heartRateBpm],
  ['pr_ms', ({ measurements }) => measurements?.prMs],
  ['qrs_ms', ({ measurements }) => measurements?.qrsMs],
  ['qt_ms', ({ measurements }) => measurements?.qtMs],
  ['qtc_bazett_ms', ({ measurements }) => measurements?.qtcMs.bazett],
  ['qtc_fridericia_ms', ({ measurements }) => measurements?.qtcMs.fridericia],
  ['qrs_axis_deg', ({ measurements }) => measurements?.qrsAxisDeg],
  ['alerts', ({ alerts }) => alerts.map(({ code }) => code).join(' ')],
  ['findings_present', ({ findings }) => codes(findings)],
  ['warnings', ({ warnings }) => [...new Set(warnings.map(({ code }) => code))].join(' ')],
  ['model', ({ model }) => model && `${model.id} ${model.version}`],
  ['weights_sha256', ({ model }) => model?.weightsSha256],
  ['thresholds', ({ findings }) => thresholds(findings)],
  [
    'report',
    (reading, edits) => (reading.error ? null : reportOf(reading, edits).confirmation ? 'confirmed' : 'UNCONFIRMED'),
  ],
  ['report_edits', (_, edits) => edits && edited(edits)],
  ['notice', () => ENGLISH.notice],
  ['error_code', ({ error }) => error?.code],
  ['error', ({ error }) => error?.message],
];

const codes = (findings: Reading['findings']) =>
  findings
    .filter(({ status }) => status === 'present')
    .map(({ code }) => code)
    .join(' ');

const thresholds = (findings: Reading['findings']) =>
  findings.map(({ code, threshold }) => `${code} ${Number(threshold.toPrecision(3))}`).join(' ');

/** How many statements the reader wrote, changed or rejected; one that was only confirmed stands as it was drafted. */
const edited = ({ changed, added }: ReportEdits) =>
  added.length +
  Object.values(changed).filter((one) => one && (one.text !== undefined || one.state === 'rejected')).length;

/** A batch as a table: one row a recording or failure, empty where nothing is known. Numbers have a point and no unit; headings name it. @param edits what the reader made of each report, in the same order */
export function batchCsv(readings: readonly Reading[], edits: readonly ReportEdits[] = []): readonly string[] {
  const head = COLUMNS.map(([heading]) => heading).join(',');
  return [
    head,
    ...readings.map((reading, n) => COLUMNS.map(([, value]) => written(value(reading, edits[n]))).join(',')),
  ].map((row) => `${row}\n`);
}

function written(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(Number(value.toPrecision(7)));
  return typeof value === 'string' ? cell(value) : String(value);
}
