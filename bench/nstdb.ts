import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lead, Recording } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import type { Simulated } from '../src/simulator';
import { random } from '../src/simulator/random';

/** Rate of the noise records, Hz. */
export const NOISE_HZ = 360;

/** Both leads of the second half of a noise record (`bw`, `em`, `ma`) of MIT-BIH's noise stress test; training heard the first. */
export async function secondHalf(folder: string, name: string): Promise<readonly Float32Array[]> {
  const part = async (end: string) =>
    bytesOf(`${name}.${end}`, new Uint8Array(await readFile(join(folder, `${name}.${end}`))));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || !('recording' in outcome)) throw new Error(`${name} cannot be read.`);
  const recording: Recording = outcome.recording;
  return Promise.all(
    recording.channels.map(({ sampleCount }, channel) =>
      recording.samples(channel, Math.floor(sampleCount / 2), Math.ceil(sampleCount / 2)),
    ),
  );
}

/**
 * The ECG with a stretch of noise of its own in each recorded lead, at a ratio of the powers about their means; the limb leads that follow from
 * I and II do so again.
 */
export function withNoise(clean: Simulated, noise: readonly Float32Array[], db: number, seed: number): Simulated {
  const draw = random(seed);
  const leads = new Map<Lead, Float32Array<ArrayBuffer>>();
  for (const lead of ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const) {
    const signal = clean.leads[lead];
    const channel = noise[Math.floor(draw.uniform() * noise.length)] ?? new Float32Array(signal.length);
    const stretch = noisyStretch(channel, signal.length, draw.uniform);
    const gain = (deviation(signal) / deviation(stretch)) * 10 ** (-db / 20);
    leads.set(
      lead,
      signal.map((v, n) => v + gain * (stretch[n] ?? 0)),
    );
  }
  const [one, two] = [leads.get('I') ?? clean.leads.I, leads.get('II') ?? clean.leads.II];
  const mixed = (a: number, b: number) => one.map((v, n) => a * v + b * (two[n] ?? 0));
  leads.set('III', mixed(-1, 1)).set('aVR', mixed(-0.5, -0.5)).set('aVL', mixed(1, -0.5)).set('aVF', mixed(-0.5, 1));
  return { ...clean, leads: { ...clean.leads, ...Object.fromEntries(leads) } };
}

/** A stretch that is noise from its first second to its last: `em` is constant for minutes. */
function noisyStretch(channel: Float32Array, length: number, draw: () => number): Float32Array {
  for (let tried = 0; tried < 1000; tried++) {
    const start = Math.floor(draw() * (channel.length - length));
    const stretch = channel.subarray(start, start + length);
    const seconds = Array.from({ length: Math.floor(length / NOISE_HZ) }, (_, s) =>
      stretch.subarray(s * NOISE_HZ, (s + 1) * NOISE_HZ),
    );
    if (seconds.every((second) => deviation(second) > 0)) return stretch;
  }
  throw new Error('There is no stretch of noise that is long enough.');
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}
