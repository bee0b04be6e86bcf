import type { Said } from './read';

/** Probabilities may differ by so much, and a finding may flip where it stands so near its threshold. */
export const TOLERANCE = 1e-3;

export interface Flip {
  readonly name: string;
  readonly code: string;
  readonly threshold: number;
  readonly before: number;
  readonly after: number;
  /** Both lie within the tolerance of the threshold. */
  readonly near: boolean;
}

export interface Difference {
  readonly recordings: number;
  readonly statements: number;
  /** Largest difference of a probability, and the median of each recording's largest. */
  readonly largest: number;
  readonly median: number;
  readonly flips: readonly Flip[];
  /** Assessed by one and not by the other, or not read by one. */
  readonly unlike: readonly string[];
}

/** What a run says against what another run says of the same recordings. */
export function compare(base: readonly Said[], run: readonly Said[]): Difference {
  const of = new Map(run.map((one) => [one.name, one]));
  const flips: Flip[] = [];
  const unlike: string[] = [];
  const largest: number[] = [];
  let statements = 0;
  for (const { name, error, findings } of base) {
    const other = of.get(name);
    if (!other || other.error !== error) {
      unlike.push(`${name}: ${error ?? 'read'}, ${other?.error ?? (other ? 'read' : 'missing')}`);
      continue;
    }
    const theirs = new Map(other.findings.map((finding) => [finding.code, finding]));
    let most = 0;
    for (const { code, probability, threshold, status } of findings) {
      const their = theirs.get(code);
      if (!their || (probability === null) !== (their.probability === null)) {
        unlike.push(`${name} ${code}: ${status}, ${their?.status ?? 'missing'}`);
        continue;
      }
      if (probability === null || their.probability === null) continue;
      statements++;
      most = Math.max(most, Math.abs(probability - their.probability));
      if (status === their.status) continue;
      const near = [probability, their.probability].every((one) => Math.abs(one - threshold) <= TOLERANCE);
      flips.push({ name, code, threshold, before: probability, after: their.probability, near });
    }
    largest.push(most);
  }
  const sorted = largest.sort((a, b) => a - b);
  return {
    recordings: largest.length,
    statements,
    largest: sorted.at(-1) ?? Number.NaN,
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    flips,
    unlike,
  };
}
