import { chromium } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium';
import { serve } from '../e2e/server';

/**
 * Where the time to the first result goes, on the built page opened with an empty cache: `npm run build && npx tsx bench/loading.ts`.
 * Medians over some visits of the moments at which the page reached each state, ms from the navigation; `whole` holds the browser's way to it too.
 */
const VISITS = 9;

/** Runs in the page: when the status first said each of its states, and when the trace and the findings were first there. */
const WATCH = `(() => {
  const seen = (globalThis.seenAt = {});
  const note = (name, is) => { if (name && is && !(name in seen)) seen[name] = performance.now(); };
  new MutationObserver(() => {
    note(document.querySelector('[data-testid=status]')?.dataset.state, true);
    note('trace', document.querySelector('[data-testid=plot]') !== null);
    note('findings', document.querySelector('[data-testid=finding]') !== null);
  }).observe(document, { subtree: true, childList: true, attributes: true });
})()`;

/** Runs in the page: those moments, the first paint, and the last byte of its scripts. */
const READ = `({
  ...globalThis.seenAt,
  'first paint': performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  'scripts fetched': Math.max(...performance.getEntriesByType('resource').filter(({ name, startTime }) =>
    name.endsWith('.js') && startTime < globalThis.seenAt.findings).map(({ responseEnd }) => responseEnd)),
})`;

const server = await serve();
const browser = await chromium.launch(chromiumOptions());
const visits: Record<string, number>[] = [];
for (let n = 0; n < VISITS; n++) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const begun = performance.now();
  await page.goto(`${server.url}?backend=wasm&demo=normal`);
  await page.waitForSelector('[data-testid=status][data-state=done]', { state: 'attached', timeout: 60_000 });
  const whole = performance.now() - begun;
  visits.push({ ...((await page.evaluate(READ)) as Record<string, number>), whole });
  await context.close();
}
await browser.close();
await server.close();

const medianOf = (name: string) =>
  visits.map((visit) => visit[name] ?? Number.NaN).sort((a, b) => a - b)[VISITS >> 1] ?? Number.NaN;
const rows = [...new Set(visits.flatMap((visit) => Object.keys(visit)))].map((name) => [name, medianOf(name)] as const);
console.log('| moment | ms |\n|---|---|');
for (const [name, ms] of rows.sort(([, a], [, b]) => a - b)) console.log(`| ${name} | ${ms.toFixed(0)} |`);
