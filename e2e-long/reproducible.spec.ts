import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';

/** Builds what git tracks (and what is new and not ignored) in a folder of another name. */
async function build(folder: string): Promise<string> {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const path of listed.split('\0').filter((one) => one && !/^(training|docs)\//.test(one))) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await cp(path, join(folder, path));
  }
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  execFileSync('npm', ['run', '-s', 'build'], { cwd: folder, stdio: 'ignore' });
  const manifest = await readFile(join(folder, 'dist', 'build-manifest.json'), 'utf8');
  return manifest + (await readFile(join(folder, 'dist', 'service-worker.js'), 'utf8'));
}

test('two builds of the same source in two places have the same bytes', async () => {
  const place = await mkdtemp(join(tmpdir(), 'reproducible-'));
  try {
    const first = await build(join(place, 'one'));
    expect(Object.keys(JSON.parse(first.slice(0, first.indexOf('\n}\n') + 3)).files).length).toBeGreaterThan(30);
    expect(await build(join(place, 'another name'))).toBe(first);
  } finally {
    await rm(place, { recursive: true });
  }
});
