import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium';
import { serve } from '../e2e/server';
import { simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';
import { writeSection } from './section';

/**
 * A simulated day of three leads on the built page (`dist/`), WASM: from the drop to the reading, with its progress, and how soon a cancel is heard;
 * into docs/measurements.md: `npx tsx bench/day.ts`. Half an hour of sinus rhythm with ventricular extrasystoles, 48 times.
 */
const PART_S = 1800;
const PARTS = 48;
const RATE_HZ = 250;
const LEADS = ['II', 'V1', 'V5'] as const;

const folder = await mkdtemp(join(tmpdir(), 'day-'));
const part = simulate('pvc', {
  durationS: PART_S,
  samplingRateHz: RATE_HZ,
  seed: 7,
  noise: { muscleDb: 20, wanderDb: 10 },
});
const { hea, dat } = toWfdb('day', part, { leads: LEADS, ageYears: 60, sex: 'female', simulated: 'a day' });
const whole = hea.replace(/^(day \d+ \d+) \d+/, `$1 ${PARTS * PART_S * RATE_HZ}`);
await writeFile(join(folder, 'day.hea'), whole.replace(/(16 0 -?\d+) -?\d+ 0/g, '$1 0 0'));
const file = await open(join(folder, 'day.dat'), 'w');
for (let n = 0; n < PARTS; n++) await file.write(dat);
await file.close();
const files = ['day.hea', 'day.dat'].map((name) => join(folder, name));

const load = () => loadavg()[0]?.toFixed(1);
const server = await serve();
const host = await chromium.launchServer(chromiumOptions());
const browser = await chromium.connect(host.wsEndpoint());
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}?backend=wasm`);
  const status = page.getByTestId('status');
  const until = (state: string, timeout: number) =>
    page.locator(`[data-testid=status][data-state=${state}]`).waitFor({ state: 'attached', timeout });
  await until('idle', 60_000);
  const before = load();
  const spent = await processorSeconds(host.process().pid ?? 0);
  const begun = performance.now();
  await page.getByTestId('file-input').setInputFiles(files);
  await until('analysing', 60_000);
  const texts = new Set<string>();
  const watch = setInterval(
    () =>
      void status.textContent().then(
        (text) => texts.add(text ?? ''),
        () => {},
      ),
    250,
  );
  await until('done', 600_000);
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  const processor = (await processorSeconds(host.process().pid ?? 0)) - spent;
  await page.getByTestId('save-menu').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-json').click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const analysis = JSON.parse(Buffer.concat(chunks).toString()) as { beatList: { class: string }[] };

  await page.getByTestId('file-input').setInputFiles(files);
  const cancel = page.getByTestId('cancel-analysis');
  await cancel.click({ timeout: 60_000 });
  const pressed = performance.now();
  await until('done', 60_000);
  const heard = performance.now() - pressed;

  const own = part.waves.II.qrs.length * PARTS;
  await writeSection('day', [
    `| what | figure |`,
    `|---|---|`,
    `| 24 h, ${LEADS.length} leads at ${RATE_HZ} Hz, from the drop to the reading | ${seconds.toFixed(0)} s |`,
    `| processor time of all of Chromium meanwhile | ${processor.toFixed(0)} s |`,
    `| beats found, beats simulated | ${analysis.beatList.length}, ${own} |`,
    `| steps of progress that were shown | ${texts.size} |`,
    `| from Cancel to a page at rest | ${heard.toFixed(0)} ms |`,
    `| load of the machine before and after, ${cpus().length} cores | ${before}, ${load()} |`,
  ]);
} finally {
  await browser.close();
  await host.close();
  await server.close();
  await rm(folder, { recursive: true });
}

/** What a process and its children have had of the processors, seconds, from Linux's /proc (proc(5), 100 ticks a second). */
async function processorSeconds(root: number): Promise<number> {
  const all = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields) all.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
  }
  const below = (pid: number): number =>
    [...all]
      .filter(([, { parent }]) => parent === pid)
      .reduce((sum, [child]) => sum + below(child), all.get(pid)?.ticks ?? 0);
  return below(root) / 100;
}
