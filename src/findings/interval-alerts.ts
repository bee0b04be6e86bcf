import type { Alert, Measurements } from '../ecg';

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
      message: `QRS ${Math.round(qrsMs)} ms at ${Math.round(heartRateBpm)} bpm: ventricular tachycardia until ruled out.`,
    });
  }
  if (blockedP !== null && blockedP >= BLOCKED_P && heartRateBpm !== null && atrialRateBpm !== null) {
    const rates = `atrial rate ${Math.round(atrialRateBpm)} bpm, ventricular rate ${Math.round(heartRateBpm)} bpm`;
    found.push({
      code: 'AV_BLOCK_SUSPECTED',
      message: `Suspected AV block: ${blockedP} P waves without QRS, ${rates}.`,
    });
  }
  if (qtcMs.fridericia !== null && Math.round(qtcMs.fridericia) >= LONG_QTC_MS) {
    const without = wideQrsQt
      ? `: with 48.5 % of it taken off (Bogossian 2014) QTc is ${Math.round(wideQrsQt.qtcFridericiaMs)} ms`
      : '';
    const why = isWide ? ` The wide QRS (${Math.round(qrsMs)} ms) has a part in it${without}.` : '';
    found.push({ code: 'QTC_LONG', message: `QTc ${Math.round(qtcMs.fridericia)} ms (Fridericia).${why}` });
  }
  return found;
}
