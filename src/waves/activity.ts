import type { Ecg, EcgLead } from '../ecg';
import { median } from '../signal/median';
import { BAND_HZ, qrsBand, qrsSlope, windowMaxima } from '../signal/qrs-band';

/** A window that holds at least one beat at 30 bpm and above, seconds. */
const WINDOW_S = 2.5;
/** Leads are weighed anew after so many seconds. */
const CHUNK_S = 20;
/** A lead's QRS height is never taken as less than this share of its median over the recording: silence is not amplified. */
const SCALE_FLOOR = 0.3;
/** Slope of a QRS over the median slope: noise has about 2, a clean lead 12 and more. Set on the 25 open MIT-BIH records. */
const NOISE_PEAKEDNESS = 2;
const CLEAN_PEAKEDNESS = 12;
const LEAST_TRUST = 0.05;

/** One lead's slope on the common grid, and its usual height at a QRS. */
interface SlopeTrack {
  readonly lead: EcgLead;
  readonly slope: Float32Array;
  readonly scale: number;
}

export interface Activity {
  /** At `BAND_HZ`, from the start of the stretch; a QRS has a height of about 1. */
  readonly values: Float32Array;
  /** The lead in which the QRS stands out most, or null when there is none to look at. */
  readonly bestLead: EcgLead | null;
}

/** Leads to look for beats in: every recorded voltage. Derived leads hold nothing new, respiration and pressure no QRS. */
const isSearched = ({ lead, unit, derived, samples }: EcgLead) =>
  !derived && (lead !== null || unit === 'mV') && samples.length > 0;

/**
 * How much QRS there is at each moment: the slope of every lead, scaled to its own QRS, noisy leads weighed down, joined over the leads
 * (after Pan and Tompkins 1985 and Hamilton 2002). Joined as the square of the mean square root, between arithmetic and geometric mean,
 * so that a burst in one lead is no beat.
 */
export function qrsActivity(ecg: Ecg): Activity {
  const length = Math.floor(ecg.durationS * BAND_HZ);
  const tracks = ecg.leads.filter(isSearched).flatMap((lead): SlopeTrack[] => {
    const slope = qrsSlope(qrsBand(lead.samples, lead.samplingRateHz));
    const scale = median(windowMaxima(slope, WINDOW_S));
    return scale > 0 ? [{ lead, slope, scale }] : [];
  });
  const values = new Float32Array(length);
  const trusted = new Map<EcgLead, number>();
  const chunk = CHUNK_S * BAND_HZ;
  for (let start = 0; start < length; start += chunk) {
    const end = length - start < 1.5 * chunk ? length : start + chunk;
    const weighed = tracks.map(({ lead, slope, scale }) => ({
      lead,
      slope,
      ...weigh(slope.subarray(start, end), scale),
    }));
    const total = weighed.reduce((sum, { trust }) => sum + trust, 0);
    for (const { lead, slope, trust, height } of weighed) {
      trusted.set(lead, (trusted.get(lead) ?? 0) + trust);
      for (let n = start; n < end; n++) {
        values[n] = (values[n] ?? 0) + (trust / total) * Math.sqrt((slope[n] ?? 0) / height);
      }
    }
    if (end === length) break;
  }
  const best = [...trusted].reduce<[EcgLead, number] | null>((a, b) => (a && a[1] >= b[1] ? a : b), null);
  return { values: values.map((v) => v * v), bestLead: best?.[0] ?? null };
}

/** Height of a QRS in a part of a lead, and how far the lead is to be believed there, 0 to 1. */
function weigh(slope: Float32Array, scale: number): { readonly trust: number; readonly height: number } {
  const height = Math.max(median(windowMaxima(slope, WINDOW_S)), SCALE_FLOOR * scale);
  const peakedness = height / Math.max(median(slope), 1e-3 * height);
  const clean = (peakedness - NOISE_PEAKEDNESS) / (CLEAN_PEAKEDNESS - NOISE_PEAKEDNESS);
  return { trust: Math.min(1, Math.max(LEAST_TRUST, clean)) ** 2, height };
}
