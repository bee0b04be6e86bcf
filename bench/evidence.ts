import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AnyCard, Ecg } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator } from '../src/inference';
import { checkCard } from '../src/inference/card-check';
import { demographicInputs } from '../src/inference/demographics';
import { networkInput } from '../src/inference/input';
import { assembleModel, isClassifierModel, isDelineatorModel } from '../src/inference/model';
import { blank, occlude } from '../src/inference/occlude';
import { waveInputs } from '../src/inference/wave-inputs';
import { createNetwork, type Network, type Weights } from '../src/network';
import { randomNumbers } from '../src/network/testing/tiny';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { stretch } from '../src/signal';
import { measure, networkFeatures } from '../src/waves';

/**
 * Whether "where the network looked" says anything about the network: `npx tsx --import ./bench/assets.mjs bench/evidence.ts FOLDER [--records N] [--seed S]`, WFDB
 * records of 10 s anywhere in the folder. For the likeliest statement above its threshold of each record, NORM and SR aside:
 *
 * - weights shuffled within every tensor must destroy the map: rank correlation with the real one (sanity check; Adebayo et al. 2018)
 * - blanking the stretches that matter most must lower the log-odds faster than blanking as many at random (deletion; Petsiuk et al. 2018)
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: 'string', default: '8' }, seed: { type: 'string', default: '1' } },
});
const [folder] = positionals;
if (!folder)
  throw new Error('usage: npx tsx --import ./bench/assets.mjs bench/evidence.ts FOLDER [--records N] [--seed S]');

const SHARES = [0.02, 0.05, 0.1, 0.2];
const RANDOM_DRAWS = 3;
const UNTOLD = ['NORM', 'SR'];
const nobody = { ageYears: null, sex: 'unknown' } as const;

async function model(id: string) {
  const card: AnyCard = checkCard(JSON.parse(await readFile(`public/models/${id}/model.json`, 'utf8')));
  const paths = card.weights.manifest.flatMap(({ paths: own }) => own);
  const files = paths.map(
    async (path) => [path, new Uint8Array(await readFile(`public/models/${id}/${path}`))] as const,
  );
  return assembleModel(card, new Map(await Promise.all(files)));
}

await startWasmInNode();
const [classifier, other] = await Promise.all([model('efficientecg'), model('delineator')]);
if (!isClassifierModel(classifier) || !isDelineatorModel(other))
  throw new Error('The models are not what they should be.');
const waves = other;
const { card } = classifier;
const rate = card.input.samplingRateHz;
const random = randomNumbers(Number(values.seed));
const network = createNetwork(card, classifier.weights);
const shuffled = createNetwork(card, shuffledWeights(classifier.weights));
const delineator = await createDelineator(waves, { backend: 'wasm', what: 'WASM in Node', lost: () => null });

/** The same numbers in each tensor, in another order. */
function shuffledWeights(weights: Weights): Weights {
  return new Map([...weights].map(([name, numbers]) => [name, Float32Array.from(shuffle([...numbers]))]));
}

function shuffle<T>(list: T[]): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.min(i, Math.floor(((random() + 1) / 2) * (i + 1)));
    const [a, b] = [list[i], list[j]];
    if (a !== undefined && b !== undefined) [list[i], list[j]] = [b, a];
  }
  return list;
}

async function ecgOf(path: string): Promise<Ecg> {
  const part = async (end: string) =>
    bytesOf(`${basename(path)}.${end}`, new Uint8Array(await readFile(`${path}.${end}`)));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${path} cannot be read.`);
  return stretch(outcome.recording, 0, outcome.recording.durationS);
}

/** Spearman's rank correlation; no ties are expected among log-odds. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (of: readonly number[]) => {
    const order = [...of.keys()].sort((i, j) => (of[i] ?? 0) - (of[j] ?? 0));
    const rank = new Array<number>(of.length).fill(0);
    for (const [place, i] of order.entries()) rank[i] = place;
    return rank;
  };
  const [ra, rb] = [ranks(a), ranks(b)];
  const squares = ra.reduce((sum, rank, i) => sum + (rank - (rb[i] ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1));
}

interface Case {
  readonly correlation: number;
  /** Fall of the log-odds with the top stretches blanked, and with random ones, for each of SHARES. */
  readonly top: readonly number[];
  readonly chance: readonly number[];
}

async function caseOf(path: string): Promise<(Case & { readonly code: string; readonly probability: number }) | null> {
  const ecg = await ecgOf(path);
  const maps = await delineator.delineate({ durationS: ecg.durationS, read: async () => ecg });
  const measured = networkFeatures(measure(ecg, { maps, rules: waves.card.waveRules }));
  const given = networkInput(ecg, 0, 10, card.input);
  const look = (net: Network) => occlude(card, net, given, nobody, measured, {});
  const logOddsOf = async (blanked: Float32Array) => {
    const features = network.encode(blanked, given.mask);
    const { age, sex } = demographicInputs(nobody, card.input, 1);
    const logits = await network.fuse(features, age, sex, waveInputs(measured, card.input, 1));
    features.dispose();
    return card.labels.map(({ calibration: { slope, intercept } }, i) => slope * (logits[i] ?? 0) + intercept);
  };
  const probabilities = (await logOddsOf(given.ecg)).map((odds) => 1 / (1 + Math.exp(-odds)));
  const [stated] = [...card.labels.keys()]
    .filter(
      (i) =>
        (probabilities[i] ?? 0) >= (card.labels[i]?.threshold ?? 1) && !UNTOLD.includes(card.labels[i]?.code ?? ''),
    )
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  if (stated === undefined) return null;

  const of = (falls: Float32Array) => [...falls].filter((_, i) => i % card.labels.length === stated);
  const { falls, whole, steps, stepS, leads } = await look(network);
  const own = of(falls);
  const destroyed = of((await look(shuffled)).falls);
  const without = async (patches: readonly number[]) => {
    const copy = given.ecg.slice();
    for (const patch of patches) {
      const lead = leads[Math.floor(patch / steps)];
      if (lead) {
        blank(
          copy,
          card.input.leads.length,
          card.input.leads.indexOf(lead),
          (patch % steps) * stepS * rate,
          stepS * rate,
          rate,
        );
      }
    }
    return (whole[stated] ?? 0) - ((await logOddsOf(copy))[stated] ?? 0);
  };
  const order = [...own.keys()].sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0));
  const top: number[] = [];
  const chance: number[] = [];
  for (const share of SHARES) {
    const count = Math.round(share * order.length);
    top.push(await without(order.slice(0, count)));
    let sum = 0;
    for (let draw = 0; draw < RANDOM_DRAWS; draw++) sum += await without(shuffle([...own.keys()]).slice(0, count));
    chance.push(sum / RANDOM_DRAWS);
  }
  const code = card.labels[stated]?.code ?? '';
  return {
    code,
    probability: probabilities[stated] ?? Number.NaN,
    correlation: rankCorrelation(own, destroyed),
    top,
    chance,
  };
}

const headers = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.hea')).sort();
const cases: Case[] = [];
for (const header of shuffle(headers)) {
  if (cases.length >= Number(values.records)) break;
  const found = await caseOf(join(folder, header.replace(/\.hea$/, '')));
  if (!found) continue;
  cases.push(found);
  const { code, probability, correlation, top, chance } = found;
  const texts = [probability, correlation, ...top, ...chance].map((value) => value.toFixed(2));
  console.log([basename(header), code, ...texts].join('\t'));
}

const n = cases.length;
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
console.log(`model ${card.id} ${card.version}, n ${n}, seed ${values.seed}`);
console.log(
  `rank correlation with shuffled weights: median of the absolute ${median(cases.map((one) => Math.abs(one.correlation))).toFixed(2)}`,
);
for (const [k, share] of SHARES.entries()) {
  const [top, chance] = [cases.map((one) => one.top[k] ?? 0), cases.map((one) => one.chance[k] ?? 0)];
  const faster = top.filter((fall, i) => fall > (chance[i] ?? 0)).length;
  console.log(
    `blanked ${100 * share} %: log-odds fall by ${median(top).toFixed(2)} (top) and ${median(chance).toFixed(2)} (random), medians; faster in ${faster} of ${n}`,
  );
}
