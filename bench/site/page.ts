import type { ModelCard } from '../../src/ecg';
import { median } from '../median';
import { networkInput } from './network-input';
import { BATCH, type Bench, type Runtime, type Start } from './runtime';

const RUNTIMES: Record<string, () => Promise<{ start: Start }>> = {
  own: () => import('./own'),
  ort: () => import('./ort'),
  litert: () => import('./litert'),
};

let runtime: Runtime;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const bench: Bench = {
  async start(name, setting) {
    const card: ModelCard = await (await fetch('models/efficientecg/model.json')).json();
    const found = await RUNTIMES[name]?.();
    if (!found) throw new Error(`no runtime ${name}`);
    runtime = await found.start(setting, networkInput(card, setting.steps));
    return runtime.what;
  },
  async run(times) {
    const ms = [];
    let logits: Iterable<number> = [];
    for (let i = 0; i < times; i++) {
      ms.push(
        await timed(async () => {
          logits = await runtime.run();
        }),
      );
    }
    return { ms, logits: [...logits] };
  },
  async shares(times) {
    const { run, fuse = run, runBatch = run } = runtime;
    const ms: { one: number[]; fusion: number[]; batch: number[] } = { one: [], fusion: [], batch: [] };
    for (let i = 0; i < times; i++) {
      ms.one.push(await timed(run));
      ms.fusion.push(await timed(fuse));
      ms.batch.push((await timed(runBatch)) / BATCH);
    }
    const one = median(ms.one);
    return { fusion: median(ms.fusion) / one, batch: median(ms.batch) / one };
  },
};

Object.assign(window, { bench });
