import type { Browser } from '@playwright/test';
import type { Site } from './site';

export interface Cold {
  /** From opening the address to the first result, of each visit with an empty cache. */
  readonly ms: number[];
  /** What had been fetched by then, after gzip -9. */
  readonly bytes: number;
}

/** A page and what says that its first result is there. */
export interface Visit {
  readonly site: Site;
  readonly path: string;
  readonly done: string;
}

/** A new window of Chromium's loads scripts of its own, which a person's window has behind it when an address is opened. */
const WINDOW_MS = 1200;

/** Opens each page in turn, again and again, always as if for the first time. */
export async function visit(browser: Browser, visits: readonly Visit[], rounds: number): Promise<Cold[]> {
  const found = visits.map(() => ({ ms: [] as number[], bytes: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, { site, path, done }] of visits.entries()) {
      const context = await browser.newContext({ serviceWorkers: 'block' });
      const page = await context.newPage();
      await site.fetchedBytes();
      await page.waitForTimeout(WINDOW_MS);
      const begun = performance.now();
      await page.goto(site.url + path);
      await page.waitForSelector(done, { state: 'attached', timeout: 120_000 });
      const one = found[i];
      one?.ms.push(performance.now() - begun);
      if (one) one.bytes = await site.fetchedBytes();
      await context.close();
    }
  }
  return found;
}
