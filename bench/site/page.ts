import type { ModelCard } from '../../src/ecg';
import { networkInput } from './network-input';
import type { Runtime, Setting, Start } from './runtime';

const RUNTIMES: Record<string, () => Promise<{ start: Start }>> = {
  own: () => import('./own'),
  ort: () => import('./ort'),
  litert: () => import('./litert'),
};

/** What the bench asks of a page. */
export interface Bench {
  readonly start: (name: string, setting: Setting) => Promise<string>;
  readonly run: (times: number) => Promise<Runs>;
}

export interface Runs {
  /** One each, milliseconds. */
  readonly ms: readonly number[];
  readonly logits: readonly number[];
}

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
