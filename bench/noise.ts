import { LEADS, type LeadWaves, type Wave, type WaveRules } from '../src/ecg';
import { createDelineator, type Delineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { partOf } from '../src/signal';
import { type Scenario, type Simulated, simulate } from '../src/simulator';
import { measure } from '../src/waves';
import { ecgOf } from '../src/waves/testing/truth';
import { NOISE_HZ, secondHalf, withNoise } from './nstdb';
import { writeSection } from './section';

/**
 * Waves of simulated ECGs in the noise of MIT-BIH's noise stress test, into docs/measurements.md: `npx tsx bench/run.ts bench/noise.ts NSTDB`.
 * Onset and offset count within 150 ms of the simulated ones, pairs one to one, in each of the twelve leads; the outermost 0.5 s are left out.
 */
const SCENARIOS: readonly Scenario[] = [
  'sinus',
  'sinus-arrhythmia',
  'sinus-tachycardia',
  'first-degree-av-block',
  'atrial-fibrillation',
  'pvc',
  'lbbb',
  'rbbb',
  'lvh',
  'anterior-stemi',
  'inferior-infarct',
];
const SEEDS = [101, 102, 103];
const NOISES = ['bw', 'em', 'ma'];
const LEVELS_DB = [24, 12, 6];
const TOLERANCE_S = 0.15;
const EDGE_S = 0.5;
const KINDS = ['p', 'qrs', 't'] as const;
const BOUNDARIES = ['onset', 'offset'] as const;

/** Of one boundary of one kind of wave. */
interface Tally {
  right: number;
  missed: number;
  extra: number;
  readonly errorsMs: number[];
}
type Tallies = Readonly<Record<(typeof KINDS)[number], Readonly<Record<(typeof BOUNDARIES)[number], Tally>>>>;

async function main(folder: string): Promise<void> {
  const { card, weights } = await shippedDelineator();
  await startWasmInNode();
  const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });
  const clean = SCENARIOS.flatMap((scenario) =>
    SEEDS.map((seed) => ({ seed, ecg: simulate(scenario, { seed, samplingRateHz: NOISE_HZ }) })),
  );
  const row = async (name: string, spoil: (ecg: Simulated, seed: number) => Simulated) => {
    const tallies = empty();
    for (const { seed, ecg } of clean) await score(spoil(ecg, seed), delineator, card.waveRules, tallies);
    return `| ${name} | ${KINDS.map((kind) => shares(tallies[kind])).join(' | ')} | ${errors(tallies).join(' | ')} |`;
  };
  const rows = [await row('none', (ecg) => ecg)];
  for (const name of NOISES) {
    const noise = await secondHalf(folder, name);
    for (const db of LEVELS_DB)
      rows.push(await row(`${name}, ${db} dB`, (ecg, seed) => withNoise(ecg, noise, db, seed)));
  }
  delineator.dispose();
  const names = KINDS.flatMap((kind) => BOUNDARIES.map((boundary) => `${kind.toUpperCase()} ${boundary}, ms`));
  await writeSection('noise', [
    `n = ${clean.length} ECGs of 10 s, 12 leads each: ${SEEDS.length} of each of ${SCENARIOS.join(', ')}.`,
    '',
    `| noise | ${KINDS.map((kind) => `${kind.toUpperCase()}: Se / +P / F1`).join(' | ')} | ${names.join(' | ')} |`,
    `|${'---|'.repeat(1 + KINDS.length + names.length)}`,
    ...rows,
  ]);
}

const empty = (): Tallies => {
  const tally = (): Tally => ({ right: 0, missed: 0, extra: 0, errorsMs: [] });
  const both = () => ({ onset: tally(), offset: tally() });
  return { p: both(), qrs: both(), t: both() };
};

async function score(simulated: Simulated, delineator: Delineator, rules: WaveRules, tallies: Tallies): Promise<void> {
  const ecg = ecgOf(simulated);
  const read = async (startS: number, durationS: number) => partOf(ecg, startS, durationS) ?? ecg;
  const maps = await delineator.delineate({ durationS: ecg.durationS, read });
  const { waves } = measure(ecg, { maps, rules });
  for (const kind of KINDS) {
    for (const boundary of BOUNDARIES) {
      for (const lead of LEADS)
        count(simulated, simulated.waves[lead], waves[lead], kind, boundary, tallies[kind][boundary]);
    }
  }
}

function count(
  { durationS }: Simulated,
  truth: LeadWaves,
  found: LeadWaves | undefined,
  kind: (typeof KINDS)[number],
  boundary: (typeof BOUNDARIES)[number],
  tally: Tally,
): void {
  const isInside = (wave: Wave) => wave[boundary] > EDGE_S && wave[boundary] < durationS - EDGE_S;
  const left = new Set(found?.[kind] ?? []);
  for (const wave of truth[kind]) {
    const far = (other: Wave) => Math.abs(other[boundary] - wave[boundary]);
    const [best] = [...left].filter((other) => far(other) <= TOLERANCE_S).sort((a, b) => far(a) - far(b));
    if (best) left.delete(best);
    if (!isInside(wave)) continue;
    if (best) {
      tally.right++;
      tally.errorsMs.push(1000 * (best[boundary] - wave[boundary]));
    } else tally.missed++;
  }
  tally.extra += [...left].filter(isInside).length;
}

/** Sensitivity, positive predictivity and F1, each the mean over onset and offset. */
function shares(both: Tallies['p']): string {
  const mean = (share: (tally: Tally) => number) => ((share(both.onset) + share(both.offset)) / 2).toFixed(4);
  return [
    mean(({ right, missed }) => right / (right + missed)),
    mean(({ right, extra }) => right / (right + extra)),
    mean(({ right, missed, extra }) => (2 * right) / (2 * right + missed + extra)),
  ].join(' / ');
}

function errors(tallies: Tallies): readonly string[] {
  return KINDS.flatMap((kind) =>
    BOUNDARIES.map((boundary) => {
      const { errorsMs } = tallies[kind][boundary];
      const mean = errorsMs.reduce((sum, v) => sum + v, 0) / errorsMs.length;
      const sd = Math.sqrt(errorsMs.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (errorsMs.length - 1));
      return `${mean.toFixed(1)} ± ${sd.toFixed(1)}`;
    }),
  );
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/noise.ts NSTDB');
await main(folder);
