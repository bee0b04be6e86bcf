import type { Shares } from './site/runtime';

/** One runtime of one race. */
export interface Row {
  readonly title: string;
  readonly name: string;
  readonly what: string;
  /** Median and least, milliseconds. */
  readonly ms: number;
  readonly leastMs: number;
  /** Our median over this one's. */
  readonly ratio: number;
  /** Greatest difference of a logit from ours. */
  readonly difference: number;
}

export interface Figures {
  readonly machine: string;
  readonly rows: readonly Row[];
  readonly cold: {
    readonly oursMs: number;
    readonly ortMs: number;
    readonly oursBytes: number;
    readonly ortBytes: number;
  };
  readonly parts: Shares;
  /** What one WebGPU inference of 1,000 samples costs the page's main thread, whatever the device does meanwhile. */
  readonly host: { readonly oursMs: number; readonly ortMs: number };
  readonly ratios: Readonly<
    Record<
      | 'webgpu_vs_ort'
      | 'webgpu_vs_litert'
      | 'host_vs_ort'
      | 'wasm_vs_ort'
      | 'wasm_vs_litert'
      | 'cold_vs_ort'
      | 'bytes_vs_ort',
      number
    >
  >;
}

const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`;

/** docs/performance.md: nothing in it is written by hand. */
export function report({ machine, rows, cold, parts, host, ratios }: Figures): string {
  const line = ({ title, name, what, ms, leastMs, ratio }: Row) =>
    `| ${title} | ${name} (${what}) | ${ms.toFixed(1)} | ${leastMs.toFixed(1)} | ${ratio.toFixed(2)} |`;
  return `# Performance

Written by \`npm run bench\`: the shipped weights on our page, onnxruntime-web and LiteRT.js, in one Chromium, each in a page of its own, rounds interleaved; logits equal to
1e-3, else there is no figure. Ratios are of medians, ours over theirs: below 1, ours is faster. Milliseconds depend on what else the machine does; ratios less so.
${machine}. A software adapter's figures say little of a real GPU.

![ratios](performance.svg)

| race | runtime | median ms | least ms | ours / it |
|---|---|---|---|---|
${rows.map(line).join('\n')}

First result of a page opened with an empty cache: ours ${cold.oursMs.toFixed(0)} ms and ${kib(cold.oursBytes)} (gzip), from the address to the findings of a demo ECG, both networks; the least page
with onnxruntime-web and the classifier alone ${cold.ortMs.toFixed(0)} ms and ${kib(cold.ortBytes)}. Ratios ${ratios.cold_vs_ort.toFixed(2)} and ${ratios.bytes_vs_ort.toFixed(2)}.

A WebGPU inference costs the page's main thread ${host.oursMs.toFixed(2)} ms, onnxruntime-web's ${host.ortMs.toFixed(2)} ms: ${ratios.host_vs_ort.toFixed(3)} (its own CPU time, 1,000 samples). [Dispatch by dispatch](dispatches.md).

On WASM a change of age or sex costs ${parts.fusion.toFixed(3)} of a whole inference; one of a batch of 16 costs ${parts.batch.toFixed(2)} of one by itself (one thread).
`;
}
