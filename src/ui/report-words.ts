import type { ReportSection } from '../ecg';

/** What stands beside each part of the report. */
export const SECTION_TITLES: Readonly<Record<ReportSection, string>> = {
  alerts: 'Alerts',
  conclusion: 'Conclusion',
  rate: 'Rate',
  rhythm: 'Rhythm',
  intervals: 'Intervals',
  axis: 'Axis',
  p: 'P wave',
  conduction: 'Conduction',
  hypertrophy: 'Hypertrophy',
  infarction: 'Infarction',
  'st-t': 'ST and T',
  comparison: 'Comparison',
};
