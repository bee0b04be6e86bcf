import { cpus, loadavg } from 'node:os';
import type { Ecg, Lead } from '../src/ecg';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { partOf } from '../src/signal';
import { simulate } from '../src/simulator';
import { measure } from '../src/waves';
import { ecgOf } from '../src/waves/testing/truth';
import { writeSection } from './section';

/**
 * How long delineating and measuring take in Node on our WASM kernels, one thread, into docs/measurements.md: `npx tsx bench/run.ts bench/speed.ts`.
 * Ten seconds of twelve leads and half an hour of three, each time as samples that were never seen before, so that nothing is remembered.
 */
const RACES = [
  { name: '10 s, 12 leads, 500 Hz', options: { durationS: 10 }, leads: undefined, times: 60 },
  {
    name: '30 min, 3 leads, 250 Hz',
    options: { durationS: 1800, samplingRateHz: 250 },
    leads: ['II', 'V1', 'V5'],
    times: 3,
  },
] as const;

async function main(): Promise<void> {
  const { card, weights } = await shippedDelineator();
  await startWasmInNode();
  const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });

  async function race(name: string, known: Ecg, times: number): Promise<string> {
    const seen: number[] = [];
    const measured: number[] = [];
    const spent: number[] = [];
    for (let n = 0; n < times; n++) {
      const leads = known.leads.map((lead) => ({ ...lead, samples: lead.samples.slice() }));
      const ecg = { ...known, leads };
      const read = async (startS: number, durationS: number) => partOf(ecg, startS, durationS) ?? ecg;
      const before = process.cpuUsage();
      const start = performance.now();
      const maps = await delineator.delineate({ durationS: ecg.durationS, read });
      const middle = performance.now();
      measure(ecg, { maps, rules: card.waveRules });
      seen.push(middle - start);
      measured.push(performance.now() - middle);
      spent.push(process.cpuUsage(before).user / 1000);
    }
    const both = seen.map((ms, n) => ms + (measured[n] ?? 0));
    return `| ${name} | ${told(seen)} | ${told(measured)} | ${told(both)} | ${told(spent)} | ${times} |`;
  }

  const before = loadavg()[0]?.toFixed(1);
  const rows: string[] = [];
  for (const { name, options, leads, times } of RACES) {
    rows.push(await race(name, ecgOf(simulate('sinus', options), leads as readonly Lead[] | undefined), times));
  }
  delineator.dispose();
  await writeSection('speed', [
    '| what | delineating, ms: least, median | measuring, ms | both, ms | processor time, ms | n |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `Load before and after: ${before} and ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`,
  ]);
}

function told(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  return `${sorted[0]?.toFixed(0)}, ${sorted[sorted.length >> 1]?.toFixed(0)}`;
}

await main();
