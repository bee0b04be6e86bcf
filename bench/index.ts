import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium';
import { chart } from './chart';
import { visit } from './cold';
import { hostWork } from './host';
import { type Contender, race, shares, type Timed } from './latency';
import { median } from './median';
import { exportPeers } from './peers';
import { type Figures, type Row, report } from './report';
import { openApp, openBench } from './site';

/**
 * Ours beside onnxruntime-web and LiteRT.js, the shipped weights, in one Chromium: `npm run bench`.
 *
 *     npm run bench -- [--quick]
 *
 * Writes docs/performance.json, .svg and .md. Some four minutes; of them three are WebGPU's where the adapter is software.
 */
const quick = process.argv.includes('--quick');
const STEPS = 2500;
const LENGTHS = quick ? [STEPS] : [1000, STEPS, 5000];
const DEMO = '?backend=wasm&demo=normal';
const OUT = new URL('../docs/', import.meta.url);

const contender = (name: Contender['name'], setting: Partial<Contender['setting']>): Contender => ({
  name,
  setting: { backend: 'wasm', threads: 1, steps: STEPS, dimensions: 1, ...setting },
});

const peers = await exportPeers([1000, STEPS, 5000]);
const [site, app] = await Promise.all([openBench(peers), openApp()]);
const browser = await chromium.launch(chromiumOptions());
try {
  const rows: Row[] = [];
  const enter = async (title: string, contenders: readonly Contender[], rounds: Parameters<typeof race>[3]) => {
    const found = await race(browser, site.url, contenders, rounds);
    rows.push(...compared(title, found));
    console.log(`${title}: ${rows.slice(-found.length).map(({ name, ratio }) => `${name} ${ratio.toFixed(3)}`).join(', ')}`); // biome-ignore format: one line of progress
  };
  for (const steps of LENGTHS) {
    const peersOf = (threads: number) => [
      contender('own', { steps }),
      contender('ort', { steps, threads }),
      contender('ort', { steps, threads, dimensions: 2 }),
      contender('litert', { steps, threads }),
    ];
    await enter(`WASM, ${steps} samples, 1 thread`, peersOf(1), { rounds: 20, times: 5, warmUp: 20 });
    if (steps === STEPS)
      await enter(`WASM, ${steps} samples, 2 threads`, peersOf(2), { rounds: 8, times: 3, warmUp: 5 });
  }
  for (const steps of quick ? [1000] : LENGTHS) {
    const setting = { backend: 'webgpu', steps } as const;
    await enter(
      `WebGPU, ${steps} samples`,
      [
        contender('own', setting),
        contender('ort', setting),
        contender('ort', { ...setting, dimensions: 2 }),
        contender('litert', setting),
      ],
      { rounds: quick ? 2 : 5, times: 1, warmUp: 1 },
    );
  }
  const onGpu = { backend: 'webgpu', steps: 1000, dimensions: 2 } as const;
  const host = {
    oursMs: await hostWork(browser, site.url, contender('own', onGpu)),
    ortMs: await hostWork(browser, site.url, contender('ort', onGpu)),
  };
  const parts = await shares(browser, site.url, contender('own', {}).setting, 30);
  const [ours, theirs] = await visit(
    browser,
    [
      { site: app, path: DEMO, done: '[data-testid=status][data-state=done]' },
      { site, path: 'cold.html', done: '[data-state=done]' },
    ],
    quick ? 2 : 5,
  );
  if (!ours || !theirs) throw new Error('no page was opened');
  const figures: Figures = {
    machine: `${cpus().length} cores, ${cpus()[0]?.model.trim()}; Chromium ${browser.version()}; WebGPU: ${await adapterName()}`,
    rows,
    cold: { oursMs: median(ours.ms), ortMs: median(theirs.ms), oursBytes: ours.bytes, ortBytes: theirs.bytes },
    parts,
    host,
    ratios: {
      webgpu_vs_ort: best(rows, 'WebGPU', 'ort'),
      webgpu_vs_litert: best(rows, 'WebGPU', 'litert'),
      host_vs_ort: host.oursMs / host.ortMs,
      wasm_vs_ort: best(rows, 'WASM', 'ort'),
      wasm_vs_litert: best(rows, 'WASM', 'litert'),
      cold_vs_ort: median(ours.ms) / median(theirs.ms),
      bytes_vs_ort: ours.bytes / theirs.bytes,
    },
  };
  await mkdir(OUT, { recursive: true });
  await writeFile(new URL('performance.json', OUT), `${JSON.stringify(figures, null, 1)}\n`);
  await writeFile(new URL('performance.md', OUT), report(figures));
  await writeFile(
    new URL('performance.svg', OUT),
    chart('Ours against the peers: time and bytes, less is better', bars(figures)),
  );
  console.log(JSON.stringify(figures.ratios, null, 1));
} finally {
  await browser.close();
  await Promise.all([site.close(), app.close()]);
}

/** Every peer against ours, which comes first; a result that differs is no result. */
function compared(title: string, timed: readonly Timed[]): Row[] {
  const [own] = timed;
  if (!own) return [];
  return timed.map(({ name, what, ms, logits }) => {
    const difference = Math.max(...logits.map((logit, i) => Math.abs(logit - (own.logits[i] ?? Number.NaN))));
    if (!(difference < 1e-3)) throw new Error(`${title}: ${what} gives other logits (${difference})`);
    return {
      title,
      name,
      what,
      ms: median(ms),
      leastMs: Math.min(...ms),
      ratio: median(own.ms) / median(ms),
      difference,
    };
  });
}

/** Against the peer's best form, at ten seconds of signal (or at what was measured), one thread. */
function best(rows: readonly Row[], backend: string, name: Contender['name']): number {
  const of = rows.filter(
    (row) => row.title.startsWith(backend) && row.name === name && !row.title.includes('2 threads'),
  );
  const tenSeconds = of.filter(({ title }) => title.includes(`${STEPS} `));
  return Math.max(...(tenSeconds.length > 0 ? tenSeconds : of).map(({ ratio }) => ratio));
}

function bars({ ratios, parts }: Figures) {
  return [
    { name: 'WebGPU / onnxruntime-web', ratio: ratios.webgpu_vs_ort, target: 0.25 },
    { name: 'WebGPU / LiteRT.js', ratio: ratios.webgpu_vs_litert, target: 0.7 },
    { name: 'host work, WebGPU / onnxruntime-web', ratio: ratios.host_vs_ort, target: 0.15 },
    { name: 'WASM / onnxruntime-web', ratio: ratios.wasm_vs_ort, target: 0.62 },
    { name: 'WASM / LiteRT.js', ratio: ratios.wasm_vs_litert, target: 0.95 },
    { name: 'cold page / onnxruntime-web', ratio: ratios.cold_vs_ort, target: 0.5 },
    { name: 'bytes / onnxruntime-web', ratio: ratios.bytes_vs_ort, target: 0.3 },
    { name: 'new age or sex / whole inference', ratio: parts.fusion, target: 0.05 },
    { name: 'one of a batch / one by itself', ratio: parts.batch, target: 0.6 },
  ];
}

async function adapterName(): Promise<string> {
  const page = await browser.newPage();
  await page.goto(site.url);
  const name = await page.evaluate(async () => {
    const info = (await navigator.gpu?.requestAdapter())?.info;
    return info ? [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') : 'none';
  });
  await page.close();
  return name;
}
