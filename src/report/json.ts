import type { Reading, Report, ReportEdits } from '../ecg';
import { reportOf } from './written';

/** The analysis as other systems read it (`efficientecg.analysis/1`, docs/codes.md), with the report as the reader has it. It only ever grows. */
export function analysis(reading: Reading, edits?: ReportEdits) {
  const {
    source,
    recording,
    patient,
    quality,
    measurements,
    ranges,
    waves,
    medianBeats,
    alerts,
    findings,
    model,
    warnings,
    error,
  } = reading;
  return {
    schema: 'efficientecg.analysis/1',
    source,
    recording,
    patient,
    quality: quality && {
      acceptable: quality.acceptable,
      score: quality.score,
      leads: quality.leads.filter(({ issues }) => issues.length > 0),
      reason: quality.reason,
      network: quality.network ?? null,
    },
    measurements,
    ranges,
    waves,
    beatList: reading.beatList,
    pacingSpikes: reading.pacingSpikes,
    medianBeats: medianBeats.map(({ lead, p, qrs, t, beatTimesS }) => ({ lead, beats: beatTimesS.length, p, qrs, t })),
    ...(reading.deviceBeat && { deviceBeat: reading.deviceBeat.map(({ lead }) => lead) }),
    alerts,
    findings,
    ...(reading.trend && { trend: reading.trend }),
    ...(reading.comparison && { comparison: reading.comparison }),
    model,
    warnings,
    report: error ? null : reportJson(reportOf(reading, edits)),
    error: error && { code: error.code, message: error.message },
  };
}

/** The analysis as a file to keep: indented JSON. */
export function analysisJson(reading: Reading, edits?: ReportEdits): string {
  return `${JSON.stringify(analysis(reading, edits), null, 2)}\n`;
}

/** The analysis as one line of JSON Lines. */
export function analysisLine(reading: Reading, edits?: ReportEdits): string {
  return `${JSON.stringify(analysis(reading, edits))}\n`;
}

/** `status` in words, so that nobody takes a missing field for a confirmed report. */
function reportJson({ statements, confirmation }: Report) {
  return {
    status: confirmation ? 'confirmed' : 'UNCONFIRMED',
    confirmedBy: confirmation?.by ?? null,
    confirmedAt: confirmation?.at ?? null,
    statements,
  };
}
