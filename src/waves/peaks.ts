import type { EcgLead } from '../ecg';

/** The R (or dominant S) peak is looked for within this distance of the middle of the QRS, seconds. */
const REACH_S = 0.08;
/** The height is taken against the mean over this distance, seconds. */
const BASELINE_S = 0.15;
/** A deflection of the usual polarity is taken where it has at least this share of the other one. */
const USUAL_SHARE = 0.6;

interface Deflection {
  readonly timeS: number;
  readonly height: number;
}

/**
 * The time of each beat on the recorded samples: the tallest deflection of the lead near the middle of the QRS, of one polarity
 * throughout where it can be, because a beat that is timed now at R and now at S makes a regular rhythm look irregular.
 *
 * @param middles seconds from the start of the samples
 * @returns seconds from the start of the samples; the middle itself where samples are missing
 */
export function alignBeats(middles: readonly number[], { samples, samplingRateHz }: EcgLead): readonly number[] {
  const sides = middles.map((middleS) => ({ middleS, sides: deflections(samples, samplingRateHz, middleS) }));
  const upright = sides.filter(({ sides: s }) => s && s.up.height >= s.down.height).length;
  const usual = 2 * upright >= sides.filter(({ sides: s }) => s).length ? 'up' : 'down';
  return sides.map(({ middleS, sides: s }) => {
    if (!s) return middleS;
    const [taken, other] = usual === 'up' ? [s.up, s.down] : [s.down, s.up];
    return taken.height >= USUAL_SHARE * other.height ? taken.timeS : other.timeS;
  });
}

function deflections(
  samples: Float32Array,
  rate: number,
  middleS: number,
): { up: Deflection; down: Deflection } | null {
  const part = (reachS: number) =>
    samples.subarray(Math.max(0, Math.round((middleS - reachS) * rate)), Math.round((middleS + reachS) * rate) + 1);
  const wide = part(BASELINE_S);
  const narrow = part(REACH_S);
  const first = Math.max(0, Math.round((middleS - REACH_S) * rate));
  const baseline = wide.reduce((sum, v) => sum + v, 0) / wide.length;
  let [up, down] = [0, 0];
  narrow.forEach((v, n) => {
    if (v > (narrow[up] ?? v)) up = n;
    if (v < (narrow[down] ?? v)) down = n;
  });
  if (Number.isNaN(baseline) || narrow.length === 0) return null;
  return {
    up: { timeS: (first + up) / rate, height: (narrow[up] ?? baseline) - baseline },
    down: { timeS: (first + down) / rate, height: baseline - (narrow[down] ?? baseline) },
  };
}
