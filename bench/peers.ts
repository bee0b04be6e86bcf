import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const MODEL = join(ROOT, 'public/models/efficientecg');

/**
 * The shipped network in the peers' formats, made by `training/peers` where the cache does not have it for these very weights.
 *
 * Python is `$PYTHON`, else `.venv/bin/python`, else `python3`, with `pip install -e 'training[peers]'`.
 */
export async function exportPeers(steps: readonly number[]): Promise<string> {
  const version = createHash('sha256');
  for (const file of ['model.json', 'weights.bin']) version.update(await readFile(join(MODEL, file)));
  const name = `${version.digest('hex').slice(0, 12)}-${steps.join('-')}`;
  const folder = join(ROOT, '.cache/peers', name);
  if (existsSync(folder)) return folder;
  const own = join(ROOT, '.venv/bin/python');
  const python = process.env.PYTHON ?? (existsSync(own) ? own : 'python3');
  await mkdir(join(ROOT, '.cache/peers'), { recursive: true });
  const unfinished = `${folder}.part`;
  execFileSync(python, ['-m', 'peers', '--model', MODEL, '--out', unfinished, '--steps', ...steps.map(String)], {
    cwd: join(ROOT, 'training'),
    stdio: 'inherit',
  });
  await rename(unfinished, folder);
  return folder;
}
