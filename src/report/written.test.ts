import { expect, test } from 'vitest';
import {
  type Finding,
  type FindingStatus,
  NO_REPORT_EDITS,
  type Reading,
  type StatementGroup,
  UNKNOWN_PATIENT,
} from '../ecg';
import { NO_WAVES } from '../waves';
import { loadWords, type Words } from '../words';
import { analysis } from './json';
import { addStatement, changeStatement, confirmReport, reopenReport, reportOf, reportText } from './written';

const finding = (code: string, group: StatementGroup, status: FindingStatus, more: Partial<Finding> = {}): Finding => ({
  code,
  system: group === 'superclass' ? 'ptb-xl-superclass' : 'scp-ecg',
  snomed: null,
  label: `Label of ${code}`,
  group,
  probability: status === 'present' ? 0.93 : 0.02,
  threshold: 0.41,
  operatingPoint: 'balanced',
  status,
  reason: null,
  evidence: [],
  conflicts: [],
  ...more,
});

const AFIB = finding('AFIB', 'rhythm', 'present');
const CD = finding('CD', 'superclass', 'present');
const LAFB = finding('LAFB', 'conduction', 'present');
const NORM = finding('NORM', 'superclass', 'absent');
const MI = finding('MI', 'superclass', 'absent');

const reading = (findings: readonly Finding[], more: Partial<Reading> = {}): Reading => ({
  source: { name: 'a.hea', format: 'wfdb', bytes: 1, sha256: null },
  recording: null,
  patient: UNKNOWN_PATIENT,
  quality: null,
  measurements: { ...NO_WAVES.measurements, heartRateBpm: 112.4, qrsMs: 96 },
  ranges: {
    heartRateBpm: { low: 50, high: 100, text: '50–100', flag: 'high', word: null, note: null, source: null },
  },
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  alerts: [{ code: 'RATE_HIGH', message: 'Ventricular rate 112 bpm.' }],
  findings,
  model: null,
  warnings: [],
  error: null,
  ...more,
});

const textOf = (read: Reading, id: string, edits = NO_REPORT_EDITS) =>
  reportOf(read, edits).statements.find((one) => one.id === id)?.text;

test('alerts and conclusion come first, then what was measured and stated, section by section', () => {
  const report = reportOf(reading([NORM, MI, CD, AFIB, LAFB]));
  expect(report.statements.map(({ id }) => id)).toEqual([
    'alert.RATE_HIGH',
    'conclusion',
    'measured.rate',
    'measured.rhythm',
    'finding.AFIB',
    'measured.intervals',
    'measured.axis',
    'measured.p',
    'finding.LAFB',
    'finding.CD',
    'network.infarction',
    'measured.st',
  ]);
  expect(textOf(reading([AFIB, CD, LAFB]), 'conclusion')).toBe('Label of AFIB. Label of LAFB.');
  expect(textOf(reading([CD]), 'conclusion')).toBe('Label of CD.');
  expect(textOf(reading([AFIB]), 'measured.rate')).toBe('Ventricular rate 112 bpm (high, normal 50–100).');
  expect(textOf(reading([AFIB]), 'measured.intervals')).toBe(
    'PR not measurable, QRS 96 ms, QT not measurable, QTc not measurable.',
  );
  expect(textOf(reading([AFIB]), 'finding.AFIB')).toBe('Label of AFIB (network 93 %, threshold 41 %).');
  expect(reportText(report).split('\n').slice(0, 2)).toEqual([
    'Ventricular rate 112 bpm.',
    'Label of AFIB. Label of LAFB.',
  ]);
});

test('nothing found is never written as nothing there', () => {
  const absent = finding('AFIB', 'rhythm', 'absent');
  const calm = { alerts: [] };
  expect(textOf(reading([NORM, absent], calm), 'conclusion')).toMatch(
    /^No statement above its threshold\. This does not exc/,
  );
  const norm = finding('NORM', 'superclass', 'present');
  expect(textOf(reading([norm, absent]), 'conclusion')).toMatch(/^See the alerts above\. .* does not exclude/);
  expect(textOf(reading([norm, absent], calm), 'conclusion')).toMatch(
    /^Normal ECG \(network 93 %\)\. This does not exclude/,
  );
  const skipped = finding('AFIB', 'rhythm', 'notAssessed', { reason: 'under 18 years' });
  expect(textOf(reading([skipped]), 'conclusion')).toMatch(/did not read/);
  expect(textOf(reading([skipped]), 'network.rhythm')).toBe('Rhythm not assessed: under 18 years.');
});

test('a conflict is written beside its statement; what cannot be read is withheld and said to be', () => {
  const conflicts = [
    { code: 'MEASURED_OTHERWISE', with: [], message: 'Stated, but measured otherwise: RR regular.' },
  ] as const;
  const doubted = reading([{ ...AFIB, conflicts }]);
  expect(textOf(doubted, 'finding.AFIB')).toContain('Conflict: Stated, but measured otherwise: RR regular.');
  expect(textOf(doubted, 'conclusion')).toBe('Label of AFIB, with conflicting evidence.');

  const hidden = [{ code: 'UNREADABLE', with: [], message: 'Paced rhythm.' }] as const;
  const paced = reading([{ ...LAFB, conflicts: hidden }, AFIB]);
  expect(textOf(paced, 'finding.LAFB')).toBeUndefined();
  expect(textOf(paced, 'unreadable.conduction')).toBe('Paced rhythm. Withheld: Label of LAFB (network 93 %).');
  expect(textOf(paced, 'conclusion')).toBe('Label of AFIB.');
  const beatList = [{ timeS: 1, class: 'paced' }] as const;
  expect(textOf(reading([MI], { beatList }), 'network.infarction')).toBe('Infarction not read: paced rhythm.');
});

test('the conclusion follows what the reader rejects, rewrites and adds', () => {
  const read = reading([AFIB, LAFB]);
  const afib = { id: 'finding.AFIB', drafted: 'x' };
  const rejected = changeStatement(NO_REPORT_EDITS, afib, { state: 'rejected' });
  expect(textOf(read, 'conclusion', rejected)).toBe('Label of LAFB.');
  expect(reportText(reportOf(read, rejected))).not.toContain('AFIB');
  const rewritten = changeStatement(rejected, afib, { state: 'confirmed', text: 'Atrial flutter.' });
  const added = addStatement(rewritten, 'infarction', ' Old inferior infarct. ');
  expect(textOf(read, 'conclusion', added)).toBe('Atrial flutter. Label of LAFB. Old inferior infarct.');
  const drafted = reportOf(read).statements.find(({ id }) => id === 'finding.AFIB');
  if (!drafted) throw new Error('no such statement');
  const back = changeStatement(rewritten, drafted, { text: drafted.text });
  expect(textOf(read, 'finding.AFIB', back)).toBe(drafted.text);
});

test('a report is confirmed for exactly what it says: any change, of the reader or of the reading, takes it back', () => {
  const read = reading([AFIB, LAFB]);
  expect(analysis(read).report).toMatchObject({ status: 'UNCONFIRMED', confirmedBy: null });
  const edits = confirmReport(read, NO_REPORT_EDITS, 'Dr A', '2026-01-31T10:00:00Z');
  const report = reportOf(read, edits);
  expect(report.confirmation).toEqual({ by: 'Dr A', at: '2026-01-31T10:00:00Z' });
  expect(report.statements.every(({ state }) => state === 'confirmed')).toBe(true);
  expect(analysis(read, edits).report).toMatchObject({ status: 'confirmed', confirmedBy: 'Dr A' });

  expect(reportOf(reading([AFIB]), edits).confirmation).toBeNull();
  expect(reportOf(read, reopenReport(edits)).confirmation).toBeNull();
  expect(reportOf(read, addStatement(edits, 'rhythm', 'More.')).confirmation).toBeNull();
  const [first] = report.statements;
  expect(first && reportOf(read, changeStatement(edits, first, { state: 'rejected' })).confirmation).toBeNull();
});

test('the report is written in the page’s language, and a confirmation holds in every one', async () => {
  const german = await loadWords('de', []);
  const read = reading([AFIB]);
  const text = (words?: Words) => reportText(reportOf(read, NO_REPORT_EDITS, words));
  expect(text()).toMatch(/\(network \d+ %, threshold \d+ %\)/);
  expect(text(german)).toMatch(/\(Netz \d+ %, Schwelle \d+ %\)/);
  expect(text(german)).not.toMatch(/network|threshold|measurable/);
  const edits = confirmReport(read, NO_REPORT_EDITS, 'Dr. Weiß', '2026-11-25T12:00:00Z');
  expect(reportOf(read, edits, german).confirmation?.by).toBe('Dr. Weiß');
  expect(reportOf(read, edits).confirmation?.by).toBe('Dr. Weiß');
});
