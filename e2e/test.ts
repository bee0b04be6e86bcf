import { readFile } from 'node:fs/promises';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type Server, serve } from './server';

export { expect };

/** The page as a person uses it. */
export interface App {
  readonly page: Page;
  readonly status: Locator;
  readonly error: Locator;
  /** Opens the page; `query` such as `backend=wasm&demo=normal`. */
  open(query?: string): Promise<void>;
  /** Drops files: paths, or named bytes. */
  drop(files: Files): Promise<void>;
  /** Until everything that was given is read and analysed; `state` is how it must end. */
  settled(state?: 'done' | 'error'): Promise<void>;
  finding(code: string): Locator;
  /** Probability by code of every finding that has one. */
  probabilities(): Promise<ReadonlyMap<string, number>>;
  /** The text of what a button downloads. */
  download(button: string): Promise<string>;
}

export type Files = readonly string[] | readonly { name: string; mimeType: string; buffer: Buffer }[];

/** A demo's files as `npm run build` made them. */
export const demoFiles = (id: string): readonly string[] => [`dist/demos/${id}.hea`, `dist/demos/${id}.dat`];

export const test = base.extend<{ app: App }, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names that a fixture needs from this pattern.
    async ({}, use) => {
      const server = await serve();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ page, server }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await use(appOn(page, server.url));
    expect(problems, 'errors on the console').toEqual([]);
  },
});

export function appOn(page: Page, url: string): App {
  const status = page.getByTestId('status');
  const settled: App['settled'] = (state = 'done') =>
    expect(status).toHaveAttribute('data-state', state, { timeout: 90_000 });
  return {
    page,
    status,
    error: page.getByTestId('error'),
    async open(query = 'backend=wasm') {
      await page.goto(`${url}?${query}`);
    },
    async drop(files) {
      const revision = Number(await status.getAttribute('data-revision'));
      await page.getByTestId('file-input').setInputFiles(files as string[]);
      await expect.poll(async () => Number(await status.getAttribute('data-revision'))).toBeGreaterThan(revision);
    },
    settled,
    finding: (code) => page.locator(`[data-testid=finding][data-code="${code}"]`),
    async probabilities() {
      const pairs = await page
        .getByTestId('finding')
        .evaluateAll((items) =>
          items.map(
            (item) => [item.getAttribute('data-code') ?? '', item.getAttribute('data-probability') ?? ''] as const,
          ),
        );
      return new Map(pairs.filter(([, value]) => value !== '').map(([code, value]) => [code, Number(value)]));
    },
    async download(button) {
      const save = page.getByTestId(button);
      if (!(await save.isVisible())) await page.getByTestId('save-menu').click();
      const [file] = await Promise.all([page.waitForEvent('download'), save.click()]);
      return readFile(await file.path(), 'utf8');
    },
  };
}
