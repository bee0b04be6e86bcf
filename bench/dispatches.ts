import { writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium';
import { openBench } from './site';
import type { Dispatches, Timed } from './site/dispatches';

/**
 * What each WebGPU dispatch of one inference costs, beside what the adapter can do at most:
 *
 *     npx tsx bench/dispatches.ts
 *
 * Writes docs/dispatches.md and .svg. Every dispatch is in a pass of its own between two timestamps of the device.
 */
const LENGTHS = [1000, 2500, 5000];
const DRAWN = 2500;
const RUNS = 15;
const OUT = new URL('../docs/', import.meta.url);
const COLOURS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#17becf'];

type Page = typeof globalThis & { readonly dispatches: (steps: number, runs: number) => Promise<Dispatches> };

const kindOf = ({ kernel }: Timed) => kernel.split('_')[0]?.replace('Ecg', '') ?? kernel;
const total = (timed: readonly Timed[], of: 'us' | 'bytes' | 'operations') =>
  timed.reduce((all, one) => all + one[of], 0);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

const site = await openBench(null);
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage();
  await page.goto(`${site.url}dispatches.html`);
  await page.waitForFunction(() => 'dispatches' in window);
  const measured: [number, Dispatches][] = [];
  for (const steps of LENGTHS) {
    const found = await page.evaluate(([length, runs]) => (window as unknown as Page).dispatches(length, runs), [
      steps,
      RUNS,
    ] as const);
    measured.push([steps, found]);
  }
  const drawn = measured.find(([steps]) => steps === DRAWN)?.[1].timed ?? [];
  await writeFile(new URL('dispatches.md', OUT), report(browser.version(), measured));
  await writeFile(new URL('dispatches.svg', OUT), flame(drawn));
} finally {
  await browser.close();
  await site.close();
}

function report(version: string, measured: readonly (readonly [number, Dispatches])[]): string {
  return `# WebGPU, dispatch by dispatch

Written by \`npx tsx bench/dispatches.ts\`: one inference with the shipped weights, each dispatch timed by the device (medians of ${RUNS}). Chromium ${version}, adapter ${measured[0]?.[1].adapter}.
Ceilings are measured on the same device: a copying kernel's bytes read and written, and sums of products in registers. Bytes are what a kernel's inputs and outputs hold, each
counted once; operations are what its formula asks for, two for each product that is summed.

![one inference of ${DRAWN} samples](dispatches.svg)
${measured.map(([steps, found]) => section(steps, found)).join('')}`;
}

function section(steps: number, { ceilings, timed }: Dispatches): string {
  const kinds = [...new Set(timed.map(kindOf))].map(
    (kind) => [kind, timed.filter((one) => kindOf(one) === kind)] as const,
  );
  const rows = [...kinds, ['all', timed] as const].map(([kind, own]) => {
    const [us, bytes, operations] = [total(own, 'us'), total(own, 'bytes'), total(own, 'operations')];
    const [read, computed] = [bytes / us / 1e3, operations / us / 1e3];
    return `| ${[
      kind,
      own.length,
      (us / 1000).toFixed(2),
      percent(us / total(timed, 'us')),
      (bytes / 1e6).toFixed(2),
      (operations / 1e6).toFixed(2),
      `${read.toFixed(2)} (${percent((read * 1e9) / ceilings.bytesPerSecond)})`,
      `${computed.toFixed(2)} (${percent((computed * 1e9) / ceilings.operationsPerSecond)})`,
    ].join(' | ')} |`;
  });
  return `
## ${steps} samples

Ceilings: ${(ceilings.bytesPerSecond / 1e9).toFixed(1)} GB/s, ${(ceilings.operationsPerSecond / 1e9).toFixed(1)} G operations/s.

| kernel | dispatches | ms | of the time | MB | M operations | GB/s (of the ceiling) | G operations/s (of the ceiling) |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** The dispatches in their order, as wide as they take long; a colour for each kernel. */
function flame(timed: readonly Timed[]): string {
  const [width, height] = [1000, 120];
  const kinds = [...new Set(timed.map(kindOf))];
  const scale = width / total(timed, 'us');
  let x = 0;
  const bars = timed.map((one) => {
    const w = one.us * scale;
    const bar = `<rect x="${x.toFixed(1)}" y="30" width="${w.toFixed(1)}" height="50" fill="${COLOURS[kinds.indexOf(kindOf(one))]}" stroke="#fff" stroke-width="0.5"><title>${one.kernel} ${one.shape}: ${one.us.toFixed(0)} µs</title></rect>`;
    x += w;
    return bar;
  });
  const legend = kinds.map(
    (kind, i) =>
      `<rect x="${i * 140}" y="94" width="12" height="12" fill="${COLOURS[i]}"/><text x="${i * 140 + 18}" y="105">${kind}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<title>The dispatches of one inference</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="0" y="18">One inference: ${timed.length} dispatches, ${(total(timed, 'us') / 1000).toFixed(1)} ms, from left to right</text>
${bars.join('\n')}
${legend.join('\n')}
</svg>
`;
}
