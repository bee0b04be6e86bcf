import type { ModelCard } from '../../src/ecg';
import { networkInput } from './network-input';
import type { Bench, Runtime, Start } from './runtime';

const RUNTIMES: Record<string, () => Promise<{ start: Start }>> = {
  own: () => import('./own'),
  ort: () => import('./ort'),
  litert: () => import('./litert'),
};

let runtime: Runtime;

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
    let logits = new Float32Array();
    for (let i = 0; i < times; i++) {
      const begun = performance.now();
      logits = Float32Array.from(await runtime.run());
      ms.push(performance.now() - begun);
    }
    return { ms, logits: [...logits] };
  },
};

Object.assign(window, { bench });
