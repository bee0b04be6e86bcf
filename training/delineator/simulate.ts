/**
 * Simulated ECGs of known truth for the delineator: `npx tsx training/delineator/simulate.ts FOLDER COUNT` in the
 * repository's root. One JSON each: {name, samplingRateHz, leads: lead -> base64 of int16 little endian at 1 µV,
 * waves: lead -> {p, qrs, t: {onset, peak, offset}[] in seconds}}.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LEADS } from '../../src/ecg';
import { RECIPES, type Scenario, simulate } from '../../src/simulator';
import { random } from '../../src/simulator/random';

const SCENARIOS = Object.keys(RECIPES) as Scenario[];
const [folder, count] = process.argv.slice(2);
if (!folder || !count) throw new Error('Name the folder to write to and how many.');
await mkdir(folder, { recursive: true });

for (let index = 0; index < Number(count); index += 1) {
  const scenario = SCENARIOS[index % SCENARIOS.length] as Scenario;
  const draw = random(1000 + index);
  const usual = RECIPES[scenario].rateBpm;
  const { samplingRateHz, leads, waves } = simulate(scenario, {
    seed: 1000 + index,
    rateBpm: Math.min(160, Math.max(38, usual * Math.exp(0.25 * draw.normal()))),
    samplingRateHz: 500,
    noise: { whiteDb: 20 + 6 * Math.abs(draw.normal()) },
  });
  const base64 = (mv: Float32Array) =>
    Buffer.from(Int16Array.from(mv, (v) => Math.max(-32767, Math.min(32767, Math.round(v * 1000)))).buffer).toString(
      'base64',
    );
  const written = {
    name: `${scenario}-${index}`,
    samplingRateHz,
    leads: Object.fromEntries(LEADS.map((lead) => [lead, base64(leads[lead])])),
    waves,
  };
  await writeFile(join(folder, `${String(index).padStart(4, '0')}.json`), JSON.stringify(written));
}
