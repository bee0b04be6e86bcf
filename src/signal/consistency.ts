import type { Ecg, EcgLead, Lead, Warning } from '../ecg';
import { message } from '../words/say';
import { showsHeartbeats } from './heartbeat';
import { noise } from './lead-issues';
import { deriveLead, IDENTITIES } from './limb-leads';
import { median } from './median';
import { qrsBand, windowMaxima } from './qrs-band';

/** Rounding of three leads adds up to less than two steps of the converter. */
const ROUNDING_STEPS = 2;
/** A difference below this share of the tallest limb lead is none; noise and rounding leave 0.04 in all 780 records of CinC 2011. */
const LEAST_SHARE = 0.1;
/** A median QRS outside these is no ECG of the body surface in mV: the unit is in doubt, peak to peak. */
const SMALL_QRS_MV = 0.1;
const LARGE_QRS_MV = 8;

/** A minute tells, seconds. */
const JUDGED_S = 60;

/** What a recording's leads say against each other, and against its unit. Judged in the band of the QRS; recorded leads only. */
export function signalWarnings(ecg: Ecg): readonly Warning[] {
  const leads = ecg.leads
    .filter(({ lead, derived, unit }) => lead !== null && !derived && unit === 'mV')
    .map(firstMinute);
  return [...limbLeadWarnings(leads), ...unitWarnings(leads)];
}

/** The lead itself where it is no longer. */
function firstMinute(lead: EcgLead): EcgLead {
  const count = Math.round(JUDGED_S * lead.samplingRateHz);
  return lead.samples.length > count ? { ...lead, samples: lead.samples.subarray(0, count) } : lead;
}

/**
 * Limb leads that were recorded and do not follow from the I and II that were recorded beside them (Einthoven 1913: III = II − I;
 * Goldberger 1942), by more than two steps of the converter and more than the noise.
 */
function limbLeadWarnings(leads: readonly EcgLead[]): readonly Warning[] {
  const [one, two] = (['I', 'II'] as const).map((name) => leads.find(({ lead }) => lead === name));
  if (!one || !two || !isAlongside(one, two)) return [];
  const others = leads.filter((lead) => lead.lead !== null && IDENTITIES.has(lead.lead) && isAlongside(lead, one));
  const all = [one, two, ...others];
  const tallest = Math.max(...all.map((lead) => rms(qrsBand(lead.samples, lead.samplingRateHz))));
  const floor = Math.max(
    ROUNDING_STEPS * Math.max(...all.map(({ samples }) => step(samples))),
    ...all.map(({ samples, samplingRateHz }) => noise(samples, samplingRateHz)),
    LEAST_SHARE * tallest,
  );
  const difference = (recorded: EcgLead, as: Lead) => {
    const rest = deriveLead(as, one.samples, two.samples);
    for (let n = 0; n < rest.length; n++) rest[n] = (recorded.samples[n] ?? Number.NaN) - (rest[n] ?? Number.NaN);
    return rms(qrsBand(rest, recorded.samplingRateHz));
  };
  const wrong = others.flatMap((recorded) => {
    const lead = recorded.lead;
    const mv = lead ? difference(recorded, lead) : 0;
    return lead && mv > floor ? [{ lead, mv, recorded }] : [];
  });
  if (wrong.length === 0) return [];
  const [a, b, ...more] = wrong;
  if (
    a &&
    b &&
    more.length === 0 &&
    difference(a.recorded, b.lead) <= floor &&
    difference(b.recorded, a.lead) <= floor
  ) {
    return [{ code: 'LIMB_LEADS_INCONSISTENT', ...message('leadsExchanged', { a: a.lead, b: b.lead }) }];
  }
  const told = wrong.map(({ lead, mv }) => ({ lead, is: IDENTITY_TEXT.get(lead) ?? '', mv }));
  return [{ code: 'LIMB_LEADS_INCONSISTENT', ...message('leadsInconsistent', { leads: told }) }];
}

const IDENTITY_TEXT: ReadonlyMap<Lead, string> = new Map([
  ['III', 'II − I'],
  ['aVR', '−(I + II) / 2'],
  ['aVL', 'I − II / 2'],
  ['aVF', 'II − I / 2'],
]);

/** "Units?" where beats are seen and their height is none that a body gives. */
function unitWarnings(leads: readonly EcgLead[]): readonly Warning[] {
  const heights = leads
    .filter(({ samples, samplingRateHz }) => showsHeartbeats(samples, samplingRateHz, false))
    .map(qrsPeakToPeak);
  if (heights.length === 0) return [];
  const usual = median(heights);
  if (usual >= SMALL_QRS_MV && usual <= LARGE_QRS_MV) return [];
  return [{ code: 'UNITS_DOUBTFUL', ...message('unitsDoubtful', { mv: Number(usual.toPrecision(2)) }) }];
}

/** Median over parts of 2.5 s of the range in the band of the QRS. */
function qrsPeakToPeak({ samples, samplingRateHz }: EcgLead): number {
  const band = qrsBand(samples, samplingRateHz);
  const up = windowMaxima(band, 2.5);
  const down = windowMaxima(
    band.map((v) => -v),
    2.5,
  );
  return median(up.map((v, n) => v + (down[n] ?? 0)));
}

const isAlongside = (a: EcgLead, b: EcgLead) =>
  a.samplingRateHz === b.samplingRateHz && a.samples.length === b.samples.length;

/** The smallest step between neighbouring samples: one unit of the converter. */
function step(samples: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 1; n < samples.length; n++) {
    const change = Math.abs((samples[n] ?? 0) - (samples[n - 1] ?? 0));
    if (change > 1e-6 && change < least) least = change;
  }
  return Number.isFinite(least) ? least : 0;
}

function rms(values: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value * value;
    count++;
  }
  return count > 0 ? Math.sqrt(sum / count) : 0;
}
