import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ecg, LEADS, type Lead, type LeadWaves, type Recording, type Wave } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import { readAnnotations } from '../src/formats/wfdb/annotations';
import { stretch } from '../src/signal';

/** Codes of a wave's beginning and end, and of the peaks between them (WFDB, annot(5)). */
const [BEGIN, END] = [39, 40];
const PEAKS = new Map<number, keyof LeadWaves>([
  [24, 'p'],
  [1, 'qrs'],
  [27, 't'],
]);

/** A record of LUDB with the cardiologists' marks of each lead. */
export interface Marked {
  readonly name: string;
  readonly recording: Recording;
  readonly ecg: Ecg;
  readonly waves: Readonly<Partial<Record<Lead, LeadWaves>>>;
  /** From the first to the last mark, seconds. */
  readonly fromS: number;
  readonly toS: number;
}

/** The records of LUDB, `FOLDER/data`, one after the other. Waves of which a boundary was not marked are left out. */
export async function* ludb(folder: string): AsyncGenerator<Marked> {
  const data = join(folder, 'data');
  const names = (await readdir(data)).filter((file) => file.endsWith('.hea')).map((file) => file.slice(0, -4));
  for (const name of names.sort((a, b) => Number(a) - Number(b))) {
    const part = async (end: string) =>
      bytesOf(`${name}.${end}`, new Uint8Array(await readFile(join(data, `${name}.${end}`))));
    const [outcome] = await openFiles([await part('hea'), await part('dat')]);
    if (!outcome || !('recording' in outcome)) throw new Error(`${name} cannot be read.`);
    const { recording } = outcome;
    const marked = await Promise.all(
      LEADS.map(async (lead) => {
        const bytes = await readFile(join(data, `${name}.${lead.toLowerCase()}`));
        return [lead, wavesOf(bytes, recording.channels[0]?.samplingRateHz ?? 500)] as const;
      }),
    );
    const onsets = marked.flatMap(([, { p, qrs, t }]) => [...p, ...qrs, ...t].map(({ onset }) => onset));
    const offsets = marked.flatMap(([, { p, qrs, t }]) => [...p, ...qrs, ...t].map(({ offset }) => offset));
    yield {
      name,
      recording,
      ecg: await stretch(recording, 0, recording.durationS),
      waves: Object.fromEntries(marked),
      fromS: Math.min(...onsets),
      toS: Math.max(...offsets),
    };
  }
}

function wavesOf(bytes: Uint8Array, rate: number): LeadWaves {
  const found: Record<keyof LeadWaves, Wave[]> = { p: [], qrs: [], t: [] };
  const { annotations } = readAnnotations(bytes);
  for (const [n, { code, sample }] of annotations.entries()) {
    const kind = PEAKS.get(code);
    const [before, after] = [annotations[n - 1], annotations[n + 1]];
    if (!kind || before?.code !== BEGIN || after?.code !== END) continue;
    found[kind].push({ onset: before.sample / rate, peak: sample / rate, offset: after.sample / rate });
  }
  return found;
}
