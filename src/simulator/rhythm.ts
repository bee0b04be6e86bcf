import type { Random } from './random';

/** N: conducted from above; V: ventricular ectopic (AAMI EC57 classes). */
export type BeatClass = 'N' | 'V';

/** One beat on the time line. */
export interface Beat {
  /** Time of the main QRS deflection, seconds from the start; may lie outside the recording, whose edges it still reaches. */
  readonly timeS: number;
  /** The RR interval that ends at this beat, seconds: it sets QT and PR. */
  readonly rrS: number;
  readonly class: BeatClass;
  readonly hasP: boolean;
}

/** How beats follow each other. */
export type Rhythm =
  | { readonly kind: 'sinus'; readonly variation: number; readonly lfToHf: number }
  | { readonly kind: 'sinus-with-pvc'; readonly variation: number; readonly lfToHf: number }
  | { readonly kind: 'atrial-fibrillation' }
  | { readonly kind: 'none' };

/** Beats beyond both edges, so that the first and last second look like any other. */
const MARGIN_S = 2.5;
/** Shortest RR in atrial fibrillation: the AV node's refractory period, seconds. */
const AV_REFRACTORY_S = 0.34;
/** RR in atrial fibrillation: coefficient of variation (Lake and Moorman 2011 report 0.2 to 0.25). */
const AF_VARIATION = 0.24;
/** A PVC comes after this share of the sinus cycle. */
const PVC_COUPLING = 0.58;

/**
 * RR intervals as a function of time: two spectral bands, the Mayer waves at 0.1 Hz and breathing at 0.25 Hz, with random phases
 * (McSharry et al. 2003). `variation` is the standard deviation as a share of the mean, `lfToHf` the ratio of the bands' powers.
 */
function rrProcess(meanS: number, variation: number, lfToHf: number, draw: Random): (timeS: number) => number {
  const perBand = 8;
  const band = (centreHz: number, power: number) =>
    Array.from({ length: perBand }, () => ({
      hz: centreHz + 0.015 * draw.normal(),
      phase: 2 * Math.PI * draw.uniform(),
      amplitude: Math.sqrt((2 * power) / perBand),
    }));
  const waves = [...band(0.1, lfToHf / (1 + lfToHf)), ...band(0.25, 1 / (1 + lfToHf))];
  return (timeS) => {
    const sum = waves.reduce((total, w) => total + w.amplitude * Math.cos(2 * Math.PI * w.hz * timeS + w.phase), 0);
    return meanS * (1 + Math.max(-0.45, Math.min(0.45, variation * sum)));
  };
}

/** RR in atrial fibrillation: independent, log-normal, never below the AV node's refractory period. */
function fibrillatingRr(meanS: number, draw: Random): () => number {
  const sigma = Math.sqrt(Math.log(1 + AF_VARIATION ** 2));
  return () => Math.max(AV_REFRACTORY_S, meanS * Math.exp(sigma * draw.normal() - sigma ** 2 / 2));
}

/**
 * The beats of a rhythm from before 0 to after `durationS`.
 *
 * @param rateBpm mean rate of the sinus node, or of the ventricles in atrial fibrillation
 */
export function beatsOf(rhythm: Rhythm, rateBpm: number, durationS: number, draw: Random): Beat[] {
  if (rhythm.kind === 'none') return [];
  const meanS = 60 / rateBpm;
  const nextRr =
    rhythm.kind === 'atrial-fibrillation'
      ? fibrillatingRr(meanS, draw)
      : rrProcess(meanS, rhythm.variation, rhythm.lfToHf, draw);
  const hasP = rhythm.kind !== 'atrial-fibrillation';
  const beats: Beat[] = [];
  let untilPvc = 3;
  let timeS = -MARGIN_S + meanS * draw.uniform();
  let lastS = timeS - meanS;
  while (timeS < durationS + MARGIN_S) {
    const rrS = nextRr(timeS);
    if (rhythm.kind === 'sinus-with-pvc' && untilPvc-- === 0) {
      // The sinus node keeps its own time: the ectopic takes the place of one conducted beat, hence the compensatory pause.
      const ectopicS = lastS + PVC_COUPLING * rrS * (1 + 0.03 * draw.normal());
      beats.push({ timeS: ectopicS, rrS: meanS, class: 'V', hasP: false });
      untilPvc = 3 + Math.floor(3 * draw.uniform());
    } else {
      beats.push({ timeS, rrS: hasP ? rrS : timeS - lastS, class: 'N', hasP });
    }
    lastS = timeS;
    timeS += rrS;
  }
  return beats;
}
