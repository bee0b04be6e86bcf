import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Ecg, Lead, WaveMap } from '../src/ecg';
import { alerts, suspectedExchange } from '../src/findings';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { assessQuality, stretch } from '../src/signal';
import { deriveLead } from '../src/signal/limb-leads';
import { measure } from '../src/waves';

/**
 * How often exchanged electrodes are suspected in 12-lead records as they are (false alarms, if they were recorded right), and after the
 * electrodes are exchanged in the recorded signals: `npx tsx --import ./bench/assets.mjs bench/exchange.ts FOLDER [EVERY]`, every n-th record.
 * The exchanged limb leads are delineated anew; exchanged chest leads keep their waves, which is the same thing.
 */
const [folder, every = '1'] = process.argv.slice(2);
if (!folder) throw new Error('usage: npx tsx --import ./bench/assets.mjs bench/exchange.ts FOLDER [EVERY]');

type Samples = Float32Array<ArrayBuffer>;

const LIMBS: Readonly<Record<string, (one: Samples, two: Samples) => readonly [Samples, Samples]>> = {
  'RA-LA': (one, two) => [one.map((v) => -v), deriveLead('III', one, two)],
  'RA-LL': (one, two) => [deriveLead('III', one, two).map((v) => -v), two.map((v) => -v)],
  'LA-LL': (one, two) => [two, one],
};
const CHEST: readonly Lead[] = ['V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

await startWasmInNode();
const model = await shippedDelineator();
const delineator = await createDelineator(model, { backend: 'wasm', what: '', lost: () => null });
const rules = model.card.waveRules;

function part({ leads, ...ecg }: Ecg, startS: number, lengthS: number): Ecg {
  const cut = (rate: number, samples: Samples) =>
    samples.slice(Math.round(startS * rate), Math.round((startS + lengthS) * rate));
  return {
    ...ecg,
    startS,
    leads: leads.map((lead) => ({ ...lead, samples: cut(lead.samplingRateHz, lead.samples) })),
  };
}

const delineate = (ecg: Ecg) =>
  delineator.delineate({ durationS: ecg.durationS, read: async (startS, lengthS) => part(ecg, startS, lengthS) });

const told = (ecg: Ecg, maps: readonly WaveMap[]) => {
  const { measurements, medianBeats, longestPause } = measure(ecg, { maps, rules });
  const exchange = suspectedExchange(medianBeats, measurements);
  return { exchange, codes: alerts(measurements, longestPause, assessQuality(ecg)).map(({ code }) => code) };
};

function limbsExchanged(ecg: Ecg, exchange: (one: Samples, two: Samples) => readonly [Samples, Samples]): Ecg {
  const of = (name: Lead) => ecg.leads.find(({ lead }) => lead === name)?.samples ?? new Float32Array();
  const [one, two] = exchange(of('I'), of('II'));
  const leads = ecg.leads.map((lead) => {
    if (lead.lead === 'I') return { ...lead, samples: one };
    if (lead.lead === 'II') return { ...lead, samples: two };
    const isLimb = lead.lead !== null && !CHEST.includes(lead.lead);
    return isLimb && lead.lead ? { ...lead, samples: deriveLead(lead.lead, one, two) } : lead;
  });
  return { ...ecg, leads };
}

const counts = new Map<string, { n: number; found: number }>();
const count = (kind: string, isFound: boolean) => {
  const before = counts.get(kind) ?? { n: 0, found: 0 };
  counts.set(kind, { n: before.n + 1, found: before.found + (isFound ? 1 : 0) });
};

const headers = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.hea')).sort();
for (const header of headers.filter((_, n) => n % Number(every) === 0)) {
  const path = join(folder, header.slice(0, -4));
  const file = async (end: string) =>
    bytesOf(`${basename(path)}.${end}`, new Uint8Array(await readFile(`${path}.${end}`)));
  const [outcome] = await openFiles([await file('hea'), await file('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${path} cannot be read.`);
  const ecg = await stretch(outcome.recording, 0, outcome.recording.durationS);
  const maps = await delineate(ecg);
  const { exchange, codes } = told(ecg, maps);
  count('as recorded: limbs suspected', exchange?.which === 'limb');
  count('as recorded: chest suspected', exchange?.which === 'chest');
  if (exchange) console.log(`${basename(path)}\t${exchange.message}`);
  for (const code of new Set(codes)) count(`alert ${code}`, true);
  for (const [name, swap] of Object.entries(LIMBS)) {
    const swapped = limbsExchanged(ecg, swap);
    count(`limbs ${name}`, told(swapped, await delineate(swapped)).exchange?.which === 'limb');
  }
  for (const [i, a] of CHEST.entries()) {
    for (const b of CHEST.slice(i + 1)) {
      const renamed = (lead: Lead | null) => (lead === a ? b : lead === b ? a : lead);
      const swapped = { ...ecg, leads: ecg.leads.map((one) => ({ ...one, lead: renamed(one.lead) })) };
      const swappedMaps = maps.map((map) => ({ ...map, lead: renamed(map.lead) ?? map.lead }));
      count(`chest ${a}-${b}`, told(swapped, swappedMaps).exchange?.which === 'chest');
    }
  }
}
for (const [kind, { n, found }] of counts) {
  console.log(
    `${kind}\t${kind.startsWith('alert') ? found : `${((100 * found) / n).toFixed(1)} % (${found} of ${n})`}`,
  );
}
