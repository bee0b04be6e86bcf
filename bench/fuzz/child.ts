import { EcgError } from '../../src/ecg';
import { bytesOf, openFiles } from '../../src/formats';
import { mutate, random } from './mutate';
import { seeds } from './seeds';

/** One process of the pool: makes the file of a number, opens it, reads both ends of every channel, and tells what came of it. */
const all = await seeds();

async function outcomeOf(number: number): Promise<string> {
  const below = random(number);
  const files = mutate(all[number % all.length] ?? [], below);
  for (const outcome of await openFiles(
    files.map(([name, bytes]) => bytesOf(name, bytes)),
    { rateHz: 250, unit: 'mV' },
  )) {
    if ('error' in outcome) {
      const { code, detail } = outcome.error;
      if (code === 'INTERNAL') return `${outcome.name}: ${detail.found}`;
      continue;
    }
    for (const [channel, { sampleCount }] of outcome.recording.channels.entries()) {
      for (const start of new Set([0, Math.max(0, sampleCount - 5000)])) {
        const samples = await outcome.recording.samples(channel, start, 5000).catch((thrown: unknown) => thrown);
        const good = samples instanceof EcgError ? samples.code !== 'INTERNAL' : samples instanceof Float32Array;
        if (!good) return `${outcome.name}, channel ${channel}: ${samples}`;
      }
    }
  }
  return '';
}

process.on('message', (number: number) => {
  outcomeOf(number)
    .catch((thrown: unknown) => `thrown: ${thrown}`)
    .then((failure) => process.send?.({ number, failure }));
});
process.send?.({ number: -1, failure: '' });
