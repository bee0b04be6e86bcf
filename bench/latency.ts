import type { Browser, BrowserContext } from '@playwright/test';
import type { Bench, Runs, Setting, Shares } from './site/runtime';

type Window = typeof globalThis & { readonly bench: Bench };

type Run = (times: number) => Promise<Runs>;

/** One runtime on one setting, in a page of its own. */
export interface Contender {
  readonly name: 'own' | 'ort' | 'litert';
  readonly setting: Setting;
}

export interface Timed extends Contender {
  readonly what: string;
  readonly ms: readonly number[];
  readonly logits: readonly number[];
}

/** Rounds in which each contender in turn runs a few times: what disturbs the machine disturbs all. */
export interface Rounds {
  readonly rounds: number;
  readonly times: number;
  readonly warmUp: number;
}

export async function race(
  browser: Browser,
  url: string,
  contenders: readonly Contender[],
  { rounds, times, warmUp }: Rounds,
): Promise<Timed[]> {
  const context = await browser.newContext();
  const entered: { contender: Contender; run: Run; what: string; ms: number[]; logits: readonly number[] }[] = [];
  for (const contender of contenders) {
    const { run, what } = await enter(context, url, contender);
    await run(warmUp);
    entered.push({ contender, run, what, ms: [], logits: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const one of entered) {
      const { ms, logits } = await one.run(times);
      one.ms.push(...ms);
      one.logits = logits;
    }
  }
  await context.close();
  return entered.map(({ contender, what, ms, logits }) => ({ ...contender, what, ms, logits }));
}

/** What less than a whole inference costs us. */
export async function shares(browser: Browser, url: string, setting: Setting, times: number): Promise<Shares> {
  const context = await browser.newContext();
  const { page } = await enter(context, url, { name: 'own', setting });
  const found = await page.evaluate((count) => (window as unknown as Window).bench.shares(count), times);
  await context.close();
  return found;
}

/** Opens a page on which a contender is ready to run. */
export async function enter(context: BrowserContext, url: string, contender: Contender) {
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  const { name, setting } = contender;
  const what = await page.evaluate(([runtime, asked]) => (window as unknown as Window).bench.start(runtime, asked), [
    name,
    setting,
  ] as const);
  const run = (times: number) => page.evaluate((count) => (window as unknown as Window).bench.run(count), times);
  return { page, what, run };
}
