import type { Browser } from '@playwright/test';
import { type Contender, enter } from './latency';
import { median } from './median';

const ROUNDS = 5;
const TIMES = 10;

/**
 * What one inference costs the page's main thread, milliseconds of its own CPU time: what a graphics card waits for.
 * The browser's own account of all tasks of the page (`Performance.getMetrics`), the same for every runtime.
 */
export async function hostWork(browser: Browser, url: string, contender: Contender): Promise<number> {
  const context = await browser.newContext();
  try {
    const { page, run } = await enter(context, url, contender);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spentS = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    };
    await run(TIMES);
    const ms: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = await spentS();
      await run(TIMES);
      ms.push((1000 * ((await spentS()) - before)) / TIMES);
    }
    return median(ms);
  } finally {
    await context.close();
  }
}
