import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium';
import { serve } from '../e2e/server';
import { simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';

/**
 * Frames a second while the paper is panned, counted by requestAnimationFrame: 12 leads × 10 s that scroll at 50 mm/s, and a recording of
 * so many hours dragged through its overview. `npm run -s build && npx tsx bench/pan.ts [HOURS]` (24 where none is given). Printed, not asserted.
 */
const HOURS = Number(process.argv[2] ?? 24);
/** How long each is panned, ms. */
const PANNED_MS = 3000;

/** A minute of simulated ECG over and over. */
async function longRecording(folder: string): Promise<readonly string[]> {
  const { hea, dat } = toWfdb('long', simulate('sinus', { durationS: 60 }), {
    ageYears: 60,
    sex: 'male',
    simulated: 'a minute, repeated',
  });
  const minutes = HOURS * 60;
  const longer = hea.replace(/^(long \d+ \S+) (\d+)/m, (_, head, count) => `${head} ${Number(count) * minutes}`);
  const paths = [join(folder, 'long.hea'), join(folder, 'long.dat')] as const;
  await writeFile(paths[0], longer);
  await writeFile(paths[1], '');
  for (let minute = 0; minute < minutes; minute++) await writeFile(paths[1], dat, { flag: 'a' });
  return paths;
}

/** Pans with one pointer move a frame; gives frames a second and how many different stretches were drawn. */
async function panned(page: Page, target: string, kind: 'scroll' | 'drag') {
  return page.evaluate(
    async ([selector, how, ms]) => {
      const element = document.querySelector(selector);
      const plot = document.querySelector('[data-testid=plot]');
      if (!element || !plot) throw new Error(`No ${selector} on the page.`);
      const { left, top, width, height } = element.getBoundingClientRect();
      const send = (type: string, share: number) =>
        element.dispatchEvent(
          new PointerEvent(type, {
            bubbles: true,
            pointerId: 1,
            clientX: left + width * share,
            clientY: top + height / 2,
          }),
        );
      element.setPointerCapture = () => {};
      element.hasPointerCapture = () => true;
      if (how === 'drag') send('pointerdown', 0.2);
      const drawn = new Set<string | null>();
      let frames = 0;
      const began = performance.now();
      await new Promise<void>((done) => {
        const frame = (now: number) => {
          const share = (now - began) / ms;
          if (share >= 1) return done();
          frames++;
          drawn.add(plot.getAttribute('data-start-s'));
          if (how === 'drag') send('pointermove', 0.2 + 0.001 * frames);
          else element.scrollLeft = share * (element.scrollWidth - element.clientWidth);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
      return { framesPerS: (1000 * frames) / (performance.now() - began), drawnPerS: (1000 * drawn.size) / ms };
    },
    [target, kind, PANNED_MS] as const,
  );
}

const server = await serve();
const browser = await chromium.launch(chromiumOptions());
const folder = await mkdtemp(join(tmpdir(), 'pan-'));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // tsx names every function through this helper, which the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(`${server.url}?backend=wasm&demo=normal`);
  await page.locator('[data-testid=status][data-state=done]').waitFor({ state: 'attached' });
  await page.getByTestId('layout').selectOption('12x1');
  await page.getByTestId('speed').selectOption('50');
  await page.waitForTimeout(1000);
  console.log('12 leads × 10 s, scrolled', await panned(page, '.sheet-scroll', 'scroll'));

  await page.getByTestId('file-input').setInputFiles([...(await longRecording(folder))]);
  await page.getByTestId('overview').waitFor({ timeout: 120_000 });
  await page.getByTestId('plot').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
  console.log(`12 leads × ${HOURS} h, while it is analysed`, await panned(page, '[data-testid=overview]', 'drag'));
  await page.locator('[data-testid=status][data-state=done]').waitFor({ state: 'attached', timeout: 1_500_000 });
  console.log(`12 leads × ${HOURS} h, analysed`, await panned(page, '[data-testid=overview]', 'drag'));
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}
