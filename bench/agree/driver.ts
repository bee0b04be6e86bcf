import { chromium } from '@playwright/test';
import { chromiumOptions } from '../../e2e/chromium';
import { openFirefox } from './firefox';

/** A page in some browser, as far as the comparison drives it. */
export interface Driver {
  /** As the browser calls itself. */
  readonly version: string;
  goto(url: string): Promise<void>;
  /** Gives files to the page as a drop does. */
  drop(paths: readonly string[]): Promise<void>;
  /** What an expression is in the page; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}

export const BROWSERS = { chromium: openChromium, firefox: openFirefox } as const;

async function openChromium(): Promise<Driver> {
  const browser = await chromium.launch(chromiumOptions());
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  return {
    version: `Chromium ${browser.version()}`,
    goto: async (url) => void (await page.goto(url)),
    drop: (paths) => page.getByTestId('file-input').setInputFiles([...paths]),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}
