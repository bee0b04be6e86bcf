import type { Reading } from '../ecg';

/** The analysis as other systems read it (`efficientecg.analysis/1`, docs/codes.md). It only ever grows. */
export function analysis(reading: Reading) {
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
    },
    measurements,
    ranges,
    waves,
    beatList: reading.beatList,
    pacingSpikes: reading.pacingSpikes,
    medianBeats: medianBeats.map(({ lead, p, qrs, t, beatTimesS }) => ({ lead, beats: beatTimesS.length, p, qrs, t })),
    alerts,
    findings,
    ...(reading.trend && { trend: reading.trend }),
    model,
    warnings,
    error: error && { code: error.code, message: error.message },
  };
}

/** The analysis as a file to keep: indented JSON. */
export function analysisJson(reading: Reading): string {
  return `${JSON.stringify(analysis(reading), null, 2)}\n`;
}

/** The analysis as one line of JSON Lines. */
export function analysisLine(reading: Reading): string {
  return `${JSON.stringify(analysis(reading))}\n`;
}
