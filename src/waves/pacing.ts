import type { Ecg, EcgLead } from '../ecg';

/** A slower recording has smeared the spikes away or made them indistinguishable from an R, Hz. */
const LEAST_RATE_HZ = 500;
/** A spike is over after this time: it stands so far above both sides, seconds. A pacemaker's pulse lasts 0.5 to 2 ms. */
const NARROW_S = 0.006;
/** At this distance it stands hardly higher; an R, whose flanks go on, does. */
const WIDER_S = 0.014;
const GROWTH = 1.2;
/** So high in so many leads at once, mV: set on 430 raw PTB-XL records, where the third spike of the 4 paced ones has 0.67 and more, of the others 0.14 at most. */
const LEAST_MV = 0.25;
const LEADS = 3;
/** And so many times as high as all but some of the samples around: muscle noise is narrow too. */
const OVER_NOISE = 3;
const NOISE_SHARE = 0.97;
const NOISE_S = 2;
/** Leads show a spike at the same sample, or at one of its neighbours. */
const SLACK = 1;
/** Fewer spikes than this are artefacts. */
const FEWEST = 3;
/** Two spikes are at least so far apart, seconds. */
const APART_S = 0.03;

/**
 * Moments of pacing spikes, seconds from the start of the recording, on the recorded signal before any filter: deflections that stand at least
 * 0.25 mV above the signal 6 ms before and after, in three leads at once, hardly more above that at 14 ms, and far more than noise does there. Null, "unknown", below 500 Hz or with fewer
 * than three recorded leads in mV: a spike of 0.5 ms is lost there (Kligfield et al. 2007, AHA/ACCF/HRS, Part I, on bandwidth and pacing).
 */
export function pacingSpikes({ leads, startS }: Ecg): readonly number[] | null {
  const fast = leads.filter(
    ({ lead, unit, derived, samplingRateHz }) => lead && unit === 'mV' && !derived && samplingRateHz >= LEAST_RATE_HZ,
  );
  const [first] = fast;
  const alike = fast.filter(({ samplingRateHz }) => samplingRateHz === first?.samplingRateHz);
  if (!first || alike.length < LEADS) return null;
  const rate = first.samplingRateHz;
  const votes = new Uint8Array(Math.max(...alike.map(({ samples }) => samples.length)) + 1);
  for (const lead of alike) vote(lead, votes);
  const found: number[] = [];
  for (let n = 0; n < votes.length; n++) {
    if ((votes[n] ?? 0) < LEADS) continue;
    let top = n;
    while ((votes[top + 1] ?? 0) > (votes[top] ?? 0)) top++;
    found.push(startS + top / rate);
    n += Math.round(APART_S * rate);
  }
  return found.length >= FEWEST ? found : [];
}

/** One vote of the lead for each sample within {@link SLACK} of one of its narrow deflections. */
function vote({ samples, samplingRateHz }: EcgLead, votes: Uint8Array): void {
  const [near, far] = [Math.round(NARROW_S * samplingRateHz), Math.round(WIDER_S * samplingRateHz)];
  const width = Math.round(NOISE_S * samplingRateHz);
  let voted = -1;
  let [judged, least] = [-1, 0];
  for (let n = far; n < samples.length - far; n++) {
    const height = prominence(samples, n, near);
    if (height < LEAST_MV || prominence(samples, n, far) > GROWTH * height) continue;
    const part = Math.floor(n / width);
    if (part !== judged) [judged, least] = [part, OVER_NOISE * usualProminence(samples, part * width, width, near)];
    if (height < least) continue;
    for (let m = Math.max(voted + 1, n - SLACK); m <= n + SLACK; m++) votes[m] = (votes[m] ?? 0) + 1;
    voted = n + SLACK;
  }
}

/** What few samples of a part surpass: its noise, since spikes are far fewer. */
function usualProminence(samples: Float32Array, start: number, width: number, near: number): number {
  const sorted = Float32Array.from({ length: width }, (_, n) => prominence(samples, start + n, near)).sort();
  return sorted[Math.floor(NOISE_SHARE * width)] ?? 0;
}

/** How far a sample stands above, or below, both samples at a distance; 0 on a flank or where one is missing. */
function prominence(samples: Float32Array, n: number, distance: number): number {
  const here = samples[n] ?? Number.NaN;
  const left = here - (samples[n - distance] ?? Number.NaN);
  const right = here - (samples[n + distance] ?? Number.NaN);
  return left * right > 0 ? Math.min(Math.abs(left), Math.abs(right)) : 0;
}
