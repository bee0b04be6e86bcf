import { type Browser, chromium } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium';
import { type Server, serve } from '../e2e/server';
import { median } from './median';

/**
 * Where the time to the first result goes, on built pages opened with an empty cache: `npm run build && npx tsx bench/loading.ts [FOLDER …]`.
 * Medians over some visits of the moments at which a page reached each state, ms from the navigation; `whole` holds the browser's way to it too.
 * Builds in several folders (`npx vite build --outDir FOLDER`) are visited in turn, so that what else the machine does falls on all alike.
 */
const VISITS = 11;
/** A new window has scripts of its own, which a person's window has behind it when an address is opened. */
const WINDOW_MS = 1200;

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

async function visit(browser: Browser, { url }: Server): Promise<Record<string, number>> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  await page.waitForTimeout(WINDOW_MS);
  const begun = performance.now();
  await page.goto(`${url}?backend=wasm&demo=normal`);
  await page.waitForSelector('[data-testid=status][data-state=done]', { state: 'attached', timeout: 60_000 });
  const whole = performance.now() - begun;
  const seen = (await page.evaluate(READ)) as Record<string, number>;
  await context.close();
  return { ...seen, whole };
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['dist'];
const servers = await Promise.all(folders.map((folder) => serve({ folder })));
const browser = await chromium.launch(chromiumOptions());
const visits = servers.map(() => [] as Record<string, number>[]);
for (let n = 0; n < VISITS; n++) {
  for (const [i, server] of servers.entries()) visits[i]?.push(await visit(browser, server));
}
await browser.close();
await Promise.all(servers.map((server) => server.close()));

const medianOf = (of: readonly Record<string, number>[] = [], name: string) =>
  median(of.map((visit) => visit[name] ?? Number.NaN));
const rows = [...new Set(visits.flat().flatMap((visit) => Object.keys(visit)))].map(
  (name) => [name, ...visits.map((of) => medianOf(of, name))] as const,
);
console.log(
  `| moment | ${folders.map((folder) => `ms, ${folder}`).join(' | ')} |\n|---|${folders.map(() => '---|').join('')}`,
);
for (const [name, ...ms] of rows.sort(([, a = 0], [, b = 0]) => a - b)) {
  console.log(`| ${name} | ${ms.map((one) => one.toFixed(0)).join(' | ')} |`);
}
