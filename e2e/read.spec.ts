import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoFiles, expect, test } from './test';

interface Run {
  readonly status: number;
  readonly lines: readonly { source: { name: string }; error: { code: string } | null; [field: string]: unknown }[];
}

/** `npm run -s read` as a script calls it: its exit status, and standard output line by line. */
const read = (...args: string[]) =>
  new Promise<Run>((resolve) => {
    execFile('npm', ['run', '-s', 'read', '--', '--backend', 'wasm', ...args], (error, stdout) => {
      const lines = stdout.split('\n').filter(Boolean);
      resolve({ status: Number(error?.code ?? 0), lines: lines.map((line) => JSON.parse(line)) });
    });
  });

test('the headless reader prints one analysis a line in the order of the files, and fails after all were tried', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'read-'));
  try {
    const bad = join(folder, 'bad.csv');
    await writeFile(bad, '');
    await writeFile(join(folder, 'people.csv'), 'file,age,sex\nlbbb.hea,12,female\n');
    const { status, lines } = await read(
      '--signals',
      folder,
      '--demographics',
      join(folder, 'people.csv'),
      ...demoFiles('rbbb'),
      ...demoFiles('lbbb'),
      bad,
    );
    expect(lines.map(({ source }) => source.name)).toEqual(['rbbb.hea', 'lbbb.hea', 'bad.csv']);
    expect(lines.map(({ error }) => error?.code ?? null)).toEqual([null, null, 'EMPTY_FILE']);
    expect(lines[1]).toMatchObject({ patient: { ageYears: 12, sex: 'female', ageOrigin: 'entered' } });
    expect(status).toBe(1);
    const signal = (await readFile(join(folder, 'rbbb.hea.csv'), 'utf8')).trim().split('\n');
    expect(signal).toHaveLength(5001);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a table of bare numbers is answered by --rate, --unit and --leads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'read-'));
  try {
    const table = join(folder, 'table.csv');
    const beat = (i: number) => (i % 240 === 0 ? 1100 : Math.round(20 * Math.sin(i / 30)));
    await writeFile(table, `${Array.from({ length: 3000 }, (_, i) => `${beat(i)},${beat(i + 9)}`).join('\n')}\n`);
    const asked = await read(table);
    expect(asked.lines[0]?.error?.code).toBe('NEEDS_INPUT');
    expect(asked.status).toBe(1);
    const answered = await read('--rate', '300', '--unit', 'uV', '--leads', 'II,v1', table);
    expect(answered.lines[0]).toMatchObject({
      error: null,
      recording: { samplingRateHz: 300, durationS: 10, leads: [{ name: 'II' }, { name: 'V1' }] },
    });
    expect(answered.status).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
