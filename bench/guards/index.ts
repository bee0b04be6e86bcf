import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { GUARDS, type Guard } from './list';

/**
 * Takes every guard out, one at a time, sees its test fail, puts it back, and writes docs/guards.md:
 *
 *     npx tsx bench/guards/index.ts       in a clean checkout with its packages, and with nothing else going on in it
 *
 * Stopped and started again it goes on with the guards that .cache/guards.jsonl lacks.
 */
const DONE = '.cache/guards.jsonl';

interface Outcome {
  readonly promise: string;
  readonly failed: boolean;
  /** The first words of the failure. */
  readonly how: string;
}

await mkdir('.cache', { recursive: true });
for (const guard of GUARDS) {
  const known = (await outcomes()).find(({ promise }) => promise === guard.promise);
  if (known?.failed) continue;
  const outcome = await takeOut(guard);
  await appendFile(DONE, `${JSON.stringify(outcome)}\n`);
  console.log(`${outcome.failed ? 'fails' : 'STAYS GREEN'}  ${guard.promise}: ${outcome.how}`);
}
await writeFile('docs/guards.md', page(await outcomes()));

async function outcomes(): Promise<readonly Outcome[]> {
  const text = await readFile(DONE, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

async function takeOut({ promise, file, find, without, test, title }: Guard): Promise<Outcome> {
  const whole = await readFile(file, 'utf8');
  if (whole.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`);
  try {
    await writeFile(
      file,
      whole.replace(find, () => without),
    );
    if (!test.startsWith('e2e/')) return { promise, ...judged(run('vitest', 'run', test)) };
    const built = run('vite', 'build', '--configLoader', 'runner');
    if (built.status !== 0) throw new Error(`no build without: ${promise}\n${built.stderr}`);
    return { promise, ...judged(run('playwright', 'test', test, '--retries=0', ...(title ? ['-g', title] : []))) };
  } finally {
    await writeFile(file, whole);
  }
}

function run(...command: readonly string[]) {
  return spawnSync('npx', command, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
}

function judged({ status, stdout, stderr }: ReturnType<typeof run>) {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => /^(AssertionError|\w*Error|Test timeout)/.test(line));
  const more = lines.slice(first + 1).filter((line) => /^(Expected|Received|Locator)\b.*:/.test(line));
  const how = first < 0 ? 'no failure' : [lines[first], ...more.slice(0, 3)].join(' ');
  return { failed: status !== 0 && first >= 0, how: how.slice(0, 220) };
}

function page(all: readonly Outcome[]): string {
  const rows = GUARDS.map((guard) => {
    const outcome = all.findLast(({ promise }) => promise === guard.promise);
    const test = guard.title ? `\`${guard.test}\`, “${guard.title}”` : `\`${guard.test}\``;
    const gone = `\`${cell(guard.find)}\` → ${guard.without.trim() ? `\`${cell(guard.without)}\`` : 'nothing'}`;
    const how = outcome ? `${outcome.failed ? '' : 'STAYED GREEN: '}\`${cell(outcome.how)}\`` : 'not done';
    return `| ${guard.promise} | ${test} | \`${guard.file}\`: ${gone} | ${how} |`;
  });
  return `# Guards, and the tests that fail without them

Written by \`npx tsx bench/guards/index.ts\`, which takes each guard out of the source, runs its test, and puts it back.

| promise | test | what was taken out | how the test failed |
|---|---|---|---|
${rows.join('\n')}
`;
}

function cell(text: string): string {
  return text.trim().replaceAll('\n', ' ').replaceAll('|', '\\|').replaceAll('`', "'");
}
