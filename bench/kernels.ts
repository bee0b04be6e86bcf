import { shippedClassifier, shippedDelineator } from '../src/inference/testing/shipped';
import { createNetwork, createSegmenter } from '../src/network';
import { startTfjsWasmInNode, startWasmInNode } from '../src/network/testing/wasm-node';

/**
 * Our own WASM kernels against tfjs's, the shipped networks on 10 s of 12 leads, one thread, in Node: medians of interleaved rounds.
 *
 *     npx tsx bench/kernels.ts [rounds]
 */
const ROUNDS = Number(process.argv[2] ?? 10);
const WARM_UP = 5;
const REPEATS = 5;
const STEPS = 2500;
/** A multiple of the delineator's downsampling. */
const ROW_STEPS = 2528;

const classifier = await shippedClassifier();
const delineator = await shippedDelineator();
const noise = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 0.37) + Math.sin(i * 1.7));

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function timed(own: boolean): Promise<{ classifierMs: number; delineatorMs: number }> {
  await (own ? startWasmInNode() : startTfjsWasmInNode());
  const network = createNetwork(classifier.card, classifier.weights);
  const segmenter = createSegmenter(delineator.card, delineator.weights);
  const encode = async () => {
    const encoded = network.encode(noise(STEPS * 12), new Float32Array(12).fill(1));
    await encoded.settled();
    encoded.dispose();
  };
  const segment = () => segmenter.run(noise(12 * ROW_STEPS * 3), 12);
  const timeOf = async (work: () => Promise<unknown>) => {
    // The first runs are slower: the browser compiles for speed only what it has seen run.
    for (let i = 0; i < WARM_UP; i++) await work();
    const times = [];
    for (let i = 0; i < REPEATS; i++) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const times = { classifierMs: await timeOf(encode), delineatorMs: await timeOf(segment) };
  network.dispose();
  segmenter.dispose();
  return times;
}

const own = [];
const stock = [];
for (let round = 0; round < ROUNDS; round++) {
  own.push(await timed(true));
  stock.push(await timed(false));
}
for (const part of ['classifierMs', 'delineatorMs'] as const) {
  const [ours, theirs] = [own, stock].map((rounds) => median(rounds.map((times) => times[part])));
  if (ours !== undefined && theirs !== undefined) {
    console.log(`${part}: own ${ours.toFixed(1)}, tfjs ${theirs.toFixed(1)}, ratio ${(ours / theirs).toFixed(2)}`);
  }
}
