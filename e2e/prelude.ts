import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seal } from '../src/release/vite-release';

export interface ChangedBuild {
  readonly folder: string;
  remove(): Promise<void>;
}

/** The build with a script that its worker runs before its own, sealed again: a browser that lacks or loses something. */
export async function buildWith(prelude: string): Promise<ChangedBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'prelude-'));
  await cp('dist', folder, { recursive: true });
  const script = (await readdir(join(folder, 'assets'))).find((name) => /^worker-.*\.js$/.test(name)) ?? '';
  const path = join(folder, 'assets', script);
  await writeFile(path, `${prelude};${await readFile(path, 'utf8')}`);
  await seal(folder);
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
