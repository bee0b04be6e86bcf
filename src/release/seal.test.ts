import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BuildManifest, MANIFEST } from './manifest';
import { seal } from './vite-release';

test('the manifest names what a script imports before it runs, and not what it loads later', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seal-'));
  try {
    await mkdir(join(folder, 'assets'));
    const scripts = {
      'a.js': 'import{x as e}from"./b.js";import"./c.js";import{y}from`./b.js`;let n=()=>import("./d.js"),m=`from,`;',
      'b.js': 'export{f as x}from"./c.js";',
      'c.js': 'import("./a.js");',
      'd.js': 'export{};',
    };
    for (const [name, text] of Object.entries(scripts)) await writeFile(join(folder, 'assets', name), text);
    await seal(folder);
    const { files, imports } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as BuildManifest;
    expect(Object.keys(files)).toEqual(['assets/a.js', 'assets/b.js', 'assets/c.js', 'assets/d.js']);
    expect(imports).toEqual({ 'assets/a.js': ['assets/b.js', 'assets/c.js'], 'assets/b.js': ['assets/c.js'] });
  } finally {
    await rm(folder, { recursive: true });
  }
});
