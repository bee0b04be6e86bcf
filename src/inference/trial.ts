import type { ModelCard } from '../ecg';
import type { Network } from '../network';
import { demographicInputs } from './demographics';
import { waveInputs } from './wave-inputs';

/** A network's time for one ECG, and what it said of it. */
export interface Trial {
  /** Least of a few warm runs: what else the machine did only lengthens them. */
  readonly ms: number;
  readonly logits: Float32Array;
}

const RUNS = 4;
/** The same network gives the same numbers on every backend, but for rounding. */
const MOST_APART = 1e-4;

/** The network on a simulated ECG of the length that it was trained on. */
export async function tryOut(card: ModelCard, network: Network): Promise<Trial> {
  const { leads } = card.input;
  const ecg = simulated(card);
  const mask = new Float32Array(leads.length).fill(1);
  const { age, sex } = demographicInputs({ ageYears: 60, sex: 'female' }, card.input, 1);
  const waves = waveInputs({}, card.input, 1);
  let ms = Number.POSITIVE_INFINITY;
  let logits = new Float32Array();
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    const features = network.encode(ecg, mask);
    logits = await network.fuse(features, age, sex, waves);
    features.dispose();
    ms = Math.min(ms, performance.now() - begun);
  }
  return { ms, logits };
}

/** Which of two backends is to go on: the faster one, unless the other one's numbers are others. */
export function judge(home: Trial, rival: Trial): 'home' | 'rival' | 'differ' {
  const apart = home.logits.map((logit, i) => Math.abs(logit - (rival.logits[i] ?? Number.NaN)));
  if (!(Math.max(...apart) <= MOST_APART)) return 'differ';
  return rival.ms < home.ms ? 'rival' : 'home';
}

/** P, QRS and T as bells (McSharry et al. 2003) at 75 bpm: when they come after the R peak, how wide they are, seconds, and how high, standard deviations. */
const WAVES = [
  [-0.16, 0.025, 0.8],
  [-0.025, 0.01, -0.7],
  [0, 0.011, 6],
  [0.025, 0.01, -1.4],
  [0.28, 0.045, 1.8],
] as const;
const CYCLE_S = 0.8;

/** [T, leads], as z-scored leads look; every lead sees the waves in a proportion of its own. */
function simulated({ input }: ModelCard): Float32Array {
  const { samplingRateHz, trainedLengthS, leads } = input;
  const samples = trainedLengthS * samplingRateHz;
  const ecg = new Float32Array(samples * leads.length);
  for (let t = 0; t < samples; t++) {
    const sinceR = ((t / samplingRateHz + CYCLE_S / 2) % CYCLE_S) - CYCLE_S / 2;
    for (const [lead] of leads.entries()) {
      ecg[t * leads.length + lead] = WAVES.reduce(
        (sum, [at, width, height], wave) =>
          sum + height * Math.cos(lead * (wave + 1)) * Math.exp(-((sinceR - at) ** 2) / (2 * width ** 2)),
        0,
      );
    }
  }
  return ecg;
}
