import type { Alert, Measurements } from '../ecg';
import { message } from '../words/say';

/** QTc from which torsade de pointes is to be feared (Drew et al. 2010, AHA/ACCF), ms, by Fridericia (1920). */
const LONG_QTC_MS = 500;
/** A complete bundle branch block, or a ventricular origin (Surawicz et al. 2009, AHA/ACCF/HRS, Part III), ms. */
export const WIDE_QRS_MS = 120;
const WIDE_QRS_RATE_BPM = 120;
/** One P without QRS may be a premature one that found the node refractory; P counted here are in step with the others. */
const BLOCKED_P = 2;

/** What the intervals over all leads say at once. */
export function intervalAlerts({
  heartRateBpm,
  atrialRateBpm,
  blockedP,
  qrsMs,
  qtcMs,
  wideQrsQt,
}: Measurements): Alert[] {
  const found: Alert[] = [];
  const isWide = qrsMs !== null && qrsMs >= WIDE_QRS_MS;
  if (isWide && heartRateBpm !== null && heartRateBpm > WIDE_QRS_RATE_BPM) {
    found.push({
      code: 'WIDE_QRS_TACHYCARDIA',
      ...message('wideTachycardia', { qrsMs: Math.round(qrsMs), bpm: Math.round(heartRateBpm) }),
    });
  }
  if (blockedP !== null && blockedP >= BLOCKED_P && heartRateBpm !== null && atrialRateBpm !== null) {
    const [atrialBpm, bpm] = [Math.round(atrialRateBpm), Math.round(heartRateBpm)];
    found.push({ code: 'AV_BLOCK_SUSPECTED', ...message('avBlock', { blocked: blockedP, atrialBpm, bpm }) });
  }
  if (qtcMs.fridericia !== null && Math.round(qtcMs.fridericia) >= LONG_QTC_MS) {
    found.push({ code: 'QTC_LONG', ...longQtc(qtcMs.fridericia, isWide ? qrsMs : null, wideQrsQt) });
  }
  return found;
}

/** A wide QRS has a part in a long QT, and is said beside it. */
function longQtc(longMs: number, wideMs: number | null, without: Measurements['wideQrsQt']) {
  const qtcMs = Math.round(longMs);
  if (wideMs === null) return message('longQtc', { qtcMs });
  const qrsMs = Math.round(wideMs);
  if (!without) return message('longQtcWide', { qtcMs, qrsMs });
  return message('longQtcWithout', { qtcMs, qrsMs, withoutMs: Math.round(without.qtcFridericiaMs) });
}
