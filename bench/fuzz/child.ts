import { EcgError } from '../../src/ecg';
import { bytesOf, openFiles } from '../../src/formats';
import { mutate, random } from './mutate';
import { seeds } from './seeds';

/** One process of the pool: makes the file of a number, opens it, reads its annotations and both ends of every channel, and tells what came of it. */
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
    const annotations = await outcome.recording.annotations?.().catch((thrown: unknown) => thrown);
    if (annotations instanceof Error && !isTold(annotations)) return `${outcome.name}, annotations: ${annotations}`;
    for (const [channel, { sampleCount }] of outcome.recording.channels.entries()) {
      for (const start of new Set([0, Math.max(0, sampleCount - 5000)])) {
        const samples = await outcome.recording.samples(channel, start, 5000).catch((thrown: unknown) => thrown);
        if (!(samples instanceof Float32Array || isTold(samples)))
          return `${outcome.name}, channel ${channel}: ${samples}`;
      }
    }
  }
  return '';
}

/** An error that says what is wrong with the file. */
function isTold(thrown: unknown): boolean {
  return thrown instanceof EcgError && thrown.code !== 'INTERNAL';
}

process.on('message', (number: number) => {
  outcomeOf(number)
    .catch((thrown: unknown) => `thrown: ${thrown}`)
    .then((failure) => process.send?.({ number, failure }));
});
process.send?.({ number: -1, failure: '' });
