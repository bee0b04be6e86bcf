import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECIPES, type Scenario, simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';

/** Every so many recordings one is broken. */
const BROKEN_EVERY = 5;

/** How a recording can be broken: what is left of its header and of its signal. */
const BREAKS: readonly ((hea: string, dat: Uint8Array) => readonly [string | null, Uint8Array | null])[] = [
  (hea) => [hea, null],
  (_, dat) => [null, dat],
  (hea) => [hea.slice(0, 9), null],
  () => ['', null],
];

export interface BatchFiles {
  readonly paths: readonly string[];
  readonly recordings: number;
  readonly broken: number;
}

/**
 * Simulated 10 s 12-lead ECGs of 500 Hz as WFDB pairs in a folder, every fifth one broken in one of four ways:
 * without signal, without header, header cut off, header empty; none where `broken` is false.
 */
export async function writeBatch(
  folder: string,
  recordings: number,
  { broken: breaking = true } = {},
): Promise<BatchFiles> {
  await mkdir(folder, { recursive: true });
  const scenarios = (Object.keys(RECIPES) as Scenario[]).filter((one) => RECIPES[one].rhythm.kind !== 'none');
  const made = scenarios.map((scenario, n) => simulate(scenario, { seed: n + 1, noise: { wanderDb: 20 } }));
  const paths: string[] = [];
  let broken = 0;
  for (let n = 0; n < recordings; n++) {
    const name = `r${String(n).padStart(5, '0')}`;
    const simulated = made[n % made.length];
    if (!simulated) continue;
    const whole = toWfdb(name, simulated, {
      ageYears: 30 + (n % 60),
      sex: n % 2 ? 'male' : 'female',
      simulated: scenarios[n % made.length] ?? '',
    });
    const isBroken = breaking && n % BROKEN_EVERY === BROKEN_EVERY - 1;
    const breaks = BREAKS[Math.floor(n / BROKEN_EVERY) % BREAKS.length];
    const [hea, dat] = isBroken && breaks ? breaks(whole.hea, whole.dat) : [whole.hea, whole.dat];
    if (isBroken) broken++;
    for (const [ending, content] of [['hea', hea] as const, ['dat', dat] as const]) {
      if (content === null) continue;
      const path = join(folder, `${name}.${ending}`);
      await writeFile(path, content);
      paths.push(path);
    }
  }
  return { paths, recordings, broken };
}
