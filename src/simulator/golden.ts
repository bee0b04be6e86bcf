/**
 * Writes the golden cases' inputs, which `training/` turns into golden vectors: `npx tsx src/simulator/golden.ts DIR`.
 *
 * One JSON a case: samples are int16 little endian in base64, 1 µV a step, −32768 where a sample is missing.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LEADS, type Lead, type Sex } from '../ecg';
import { type Scenario, type SimulationOptions, simulate } from './index';

const MISSING = -32768;

interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  readonly options: SimulationOptions;
  readonly leads: readonly Lead[];
  readonly ageYears: number | null;
  readonly sex: Sex;
}

const CASES: readonly Case[] = [
  {
    name: '12-leads-500hz-10s',
    scenario: 'pvc',
    options: { seed: 31, samplingRateHz: 500, noise: { muscleDb: 20, wanderDb: 6, mainsDb: 20 } },
    leads: LEADS,
    ageYears: 63,
    sex: 'male',
  },
  {
    name: '2-leads-360hz-10s-gaps',
    scenario: 'atrial-fibrillation',
    options: {
      seed: 32,
      samplingRateHz: 360,
      noise: { muscleDb: 18, wanderDb: 3 },
      gaps: [
        { lead: 'II', fromS: 0, toS: 0.21 },
        { lead: 'II', fromS: 4.3, toS: 5.4 },
        { lead: 'V1', fromS: 2.05, toS: 2.06 },
        { lead: 'V1', fromS: 8.8, toS: 10 },
      ],
    },
    leads: ['II', 'V1'],
    ageYears: null,
    sex: 'female',
  },
  {
    name: '8-leads-1000hz-5s',
    scenario: 'lbbb',
    options: { seed: 33, samplingRateHz: 1000, durationS: 5, noise: { whiteDb: 24, wanderDb: 10 } },
    leads: ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'],
    ageYears: 300,
    sex: 'unknown',
  },
  {
    name: '12-leads-257hz-2.5s',
    scenario: 'sinus-tachycardia',
    options: { seed: 34, samplingRateHz: 257, durationS: 2.5, noise: { muscleDb: 20 } },
    leads: LEADS,
    ageYears: null,
    sex: 'unknown',
  },
  {
    name: '12-leads-250hz-10s-flat',
    scenario: 'rbbb',
    options: { seed: 35, samplingRateHz: 250, noise: { muscleDb: 22, wanderDb: 8 }, flat: ['V3'] },
    leads: LEADS,
    ageYears: 24,
    sex: 'female',
  },
];

function base64(samples: Float32Array): string {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((mv, n) => {
    const microvolts = Math.max(-32767, Math.min(32767, Math.round(mv * 1000)));
    bytes.writeInt16LE(Number.isNaN(mv) ? MISSING : microvolts, 2 * n);
  });
  return bytes.toString('base64');
}

const [directory] = process.argv.slice(2);
if (!directory) throw new Error('Name the directory to write to.');
await mkdir(directory, { recursive: true });
for (const { name, scenario, options, leads, ageYears, sex } of CASES) {
  const { samplingRateHz, durationS, leads: signals } = simulate(scenario, options);
  const samples = Object.fromEntries(leads.map((lead) => [lead, base64(signals[lead])]));
  const written = { name, samplingRateHz, leads, startS: 0, lengthS: durationS, ageYears, sex, samples };
  await writeFile(join(directory, `${name}.json`), `${JSON.stringify(written)}\n`);
}
