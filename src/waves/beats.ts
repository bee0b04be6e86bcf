import { median } from '../signal/median';
import { BAND_HZ } from '../signal/qrs-band';

/** No two beats are closer than this: 300 bpm, seconds. */
const REFRACTORY_S = 0.2;
/** Within this time after a beat a much lower peak is its T wave, seconds. */
const T_WAVE_S = 0.36;
const T_WAVE_SHARE = 0.5;
/** The threshold lies at this share of the way from noise peaks to QRS peaks. */
const THRESHOLD_SHARE = 0.4;
/** After a gap of so many RR intervals the tallest peak inside it is looked at again, at a lower threshold. */
const SEARCH_BACK_RR = 1.7;
const SEARCH_BACK_SHARE = 0.4;
/** Peaks that the threshold is learned from. */
const MEMORY = 8;

/** A local maximum of the activity. */
interface Peak {
  readonly at: number;
  readonly height: number;
}

/**
 * Beats from the activity signal, as indices into it: a threshold that follows the heights of the last QRS and noise peaks, a refractory
 * time, a rule against T waves, and a search back over long gaps (Hamilton 2002).
 */
export function pickBeats(activity: Float32Array): readonly number[] {
  const peaks = localMaxima(activity);
  const start = peaks.filter(({ at }) => at < 10 * BAND_HZ).map(({ height }) => height);
  const tall = start.sort((a, b) => b - a)[Math.min(3, start.length - 1)] ?? 1;
  const qrs = new Memory(Math.max(tall, 0.3));
  const noise = new Memory(0.1 * Math.max(tall, 0.3));
  const beats: Peak[] = [];
  const gaps = new Memory(BAND_HZ);
  let skipped: Peak[] = [];

  const threshold = () => noise.value + THRESHOLD_SHARE * (qrs.value - noise.value);
  const accept = (peak: Peak) => {
    const last = beats.at(-1);
    if (last) gaps.add(peak.at - last.at);
    beats.push(peak);
    qrs.add(peak.height);
    skipped = skipped.filter(({ at }) => at > peak.at + REFRACTORY_S * BAND_HZ);
  };
  const searchBack = (now: number) => {
    for (;;) {
      const since = beats.at(-1)?.at ?? 0;
      if (now - since < SEARCH_BACK_RR * gaps.value) return;
      const inside = skipped.filter(({ at }) => at - since > T_WAVE_S * BAND_HZ && now - at > REFRACTORY_S * BAND_HZ);
      const best = inside.reduce<Peak | null>((a, b) => (a && a.height >= b.height ? a : b), null);
      if (!best || best.height < SEARCH_BACK_SHARE * threshold()) return;
      accept(best);
    }
  };

  for (const peak of peaks) {
    const last = beats.at(-1);
    const sinceS = last ? (peak.at - last.at) / BAND_HZ : Number.POSITIVE_INFINITY;
    const isT = last !== undefined && sinceS < T_WAVE_S && peak.height < T_WAVE_SHARE * last.height;
    if (peak.height > threshold() && sinceS > REFRACTORY_S && !isT) {
      searchBack(peak.at);
      accept(peak);
    } else {
      skipped.push(peak);
      if (!isT) noise.add(peak.height);
    }
  }
  searchBack(activity.length);
  return beats.map(({ at }) => at);
}

/** Maxima that nothing within the refractory time surpasses. */
function localMaxima(values: Float32Array): readonly Peak[] {
  const reach = Math.round((REFRACTORY_S / 2) * BAND_HZ);
  const peaks: Peak[] = [];
  for (let n = 1; n < values.length - 1; n++) {
    const height = values[n] ?? 0;
    if (height < (values[n - 1] ?? 0) || height <= (values[n + 1] ?? 0) || height <= 0) continue;
    const around = values.subarray(Math.max(0, n - reach), n + reach + 1);
    if (around.every((v) => v <= height)) peaks.push({ at: n, height });
  }
  return peaks;
}

/** The median of the last few values. */
class Memory {
  readonly #values: number[];
  /** Asked for at every peak, changed at few. */
  #median: number;

  constructor(first: number) {
    this.#values = [first];
    this.#median = first;
  }

  get value(): number {
    return this.#median;
  }

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > MEMORY) this.#values.shift();
    this.#median = median(this.#values);
  }
}
