import { type ByteSource, EcgError, type Recording, type Warning } from '../../ecg';
import { isZip, listZip } from '../archive/zip';
import { checkAbort, type Reader, type ReadOptions } from '../reader';
import { stemOf } from '../sources';
import { type Entries, entriesRecording } from './entries';
import { isNpy, readNpy } from './npy';

/** Arrays of one NPZ. */
const MOST_ARRAYS = 256;

/**
 * NumPy's arrays: one in an NPY file, several with names in an NPZ (a ZIP of NPY files), where a number called `fs` or text called `unit`
 * is what it says. NumPy reads the same from what our tests write (training/tests).
 */
export const numpy: Reader = {
  claim: async (files) =>
    files.flatMap(({ source, head }) => {
      if (isNpy(head)) return [{ parts: [source], open: (options: ReadOptions) => openNpy(source, options) }];
      // Every other ZIP was searched for what is in it.
      return isZip(head) ? [{ parts: [source], open: (options: ReadOptions) => openNpz(source, options) }] : [];
    }),
};

async function openNpy(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const { value, recordings } = await readNpy(source);
  return entriesRecording(source, 'npy', [['', value]], options, firstOf(recordings));
}

async function openNpz(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const packed = await listZip(source);
  if (packed.length > MOST_ARRAYS) {
    const detail = { expected: `at most ${MOST_ARRAYS} arrays`, found: `${packed.length}`, where: source.name };
    throw new EcgError('TOO_LARGE', `${source.name} holds more arrays than an ECG has.`, detail);
  }
  const entries: Entries[number][] = [];
  const left: string[] = [];
  let most = 1;
  for (const { path, open } of packed) {
    checkAbort(options);
    try {
      const { value, recordings } = await readNpy(await open());
      most = Math.max(most, recordings);
      entries.push([stemOf(path), value]);
    } catch (thrown) {
      // A pickled object among the arrays is not what is looked for.
      if (!(thrown instanceof EcgError && thrown.code === 'UNSUPPORTED_FORMAT')) throw thrown;
      left.push(stemOf(path));
    }
  }
  const warnings: Warning[] = left.map((name) => ({
    code: 'PART_SHOWN',
    message: `${name} is no plain array and is not read.`,
  }));
  return entriesRecording(source, 'npz', entries, options, [...firstOf(most), ...warnings]);
}

function firstOf(recordings: number): readonly Warning[] {
  if (recordings < 2) return [];
  return [{ code: 'PART_SHOWN', message: `The array holds ${recordings} recordings; the first is shown.` }];
}
