import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Mutated files of all formats, each opened in a pooled child process: none may hang, crash, take much memory or give anything but a
 * recording or an `EcgError`. `npm run fuzz -- --count N --seed S [--jobs J]`; a failure prints the number that makes the same file again.
 */
/** Of the child's own processor time, so that a busy machine is no failure. */
const LIMIT_MS = 2000;
/** Of the clock: nothing may wait for ever. */
const WAIT_MS = 120_000;
const LIMIT_BYTES = 512 * 2 ** 20;
/** A child loads its seeds before its first file. */
const START_MS = 300_000;
const POLL_MS = 50;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
  },
});

const first = Number(values.seed) * 1_000_000;
const end = first + Number(values.count);
let failures = 0;
let next = first;
const started = performance.now();
await Promise.all(Array.from({ length: Number(values.jobs) }, runPool));
const seconds = (performance.now() - started) / 1000;
console.log(`${end - first} files from seed ${values.seed}: ${failures} failures, ${seconds.toFixed(1)} s`);
process.exitCode = failures > 0 ? 1 : 0;

/** Told at once: a run that is stopped has said what it found. */
function fail(what: string): void {
  failures++;
  console.error(what);
}

/** One child after another: a child that was killed or that died is followed by a new one. */
async function runPool(): Promise<void> {
  while (next < end) await runChild();
}

function runChild(): Promise<void> {
  return new Promise((done) => {
    const child = fork(new URL('./child.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let number = -1;
    let since = performance.now();
    let worked = 0;
    let killed = '';
    const watch = setInterval(() => {
      const ms = performance.now() - since;
      const bytes = memoryOf(child);
      if (ms > (number < 0 ? START_MS : WAIT_MS)) killed = `did not end in ${WAIT_MS} ms`;
      if (number >= 0 && workedMs(child) - worked > LIMIT_MS) killed = `worked more than ${LIMIT_MS} ms`;
      if (bytes > LIMIT_BYTES) killed = `took ${Math.round(bytes / 2 ** 20)} MB`;
      if (killed) child.kill('SIGKILL');
    }, POLL_MS);
    child.on('message', ({ failure }: { failure: string }) => {
      if (failure) fail(`${number}: ${failure}`);
      if (next >= end) {
        number = -1;
        child.disconnect();
        return;
      }
      number = next++;
      since = performance.now();
      worked = workedMs(child);
      child.send(number);
    });
    child.on('exit', (code) => {
      clearInterval(watch);
      if (killed || code !== 0) fail(`${number}: ${killed || `the process ended with ${code}`}`);
      done();
    });
  });
}

/** Processor time of all its threads in ms (100 ticks a second), 0 where the system does not tell. */
function workedMs({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0;
  }
}

/** Resident bytes, 0 where the system does not tell. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
