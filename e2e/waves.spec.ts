import { readFile } from 'node:fs/promises';
import { series, writeAecg } from '../src/formats/testing/aecg-writer';
import { simulate } from '../src/simulator';
import { demoFiles, expect, test } from './test';

const value = async (page: import('@playwright/test').Page, name: string) =>
  Number(await page.locator(`[data-testid=measurement][data-name=${name}]`).getAttribute('data-value'));

test('a first-degree block has its PR on the page, and its waves banded on the trace at a key', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=first-degree-av-block');
  await app.settled();
  expect(Math.abs((await value(page, 'prMs')) - 260)).toBeLessThan(15);
  const plot = page.getByTestId('plot');
  await expect(plot).toHaveAttribute('data-bands', '0');
  await page.keyboard.press('w');
  await expect(page.getByTestId('show-waves')).toHaveAttribute('aria-pressed', 'true');
  // 12 pieces of 2.5 s and a strip of 10 s at 62 bpm: some 40 beats of three waves.
  await expect.poll(async () => Number(await plot.getAttribute('data-bands'))).toBeGreaterThan(90);
});

test('ST elevation is told first, whatever the network says, and its limit follows age and sex', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=anterior-stemi');
  await app.settled();
  const alert = page.getByTestId('alert');
  await expect(alert).toHaveAttribute('data-code', 'ST_ELEVATION');
  await expect(alert).toContainText('V3');
  await page.getByTestId('age').fill('12');
  await expect(alert).toHaveCount(0);
});

test('fibrillation has no P wave and no PR, never a number for them', async ({ app, page }) => {
  await app.open('backend=wasm&demo=atrial-fibrillation');
  await app.settled();
  for (const name of ['prMs', 'pMs']) {
    await expect(page.locator(`[data-testid=measurement][data-name=${name}]`)).toHaveAttribute('data-value', '');
  }
  await expect(page.locator('[data-testid=measurement][data-name=regularity]')).toHaveAttribute(
    'data-value',
    'irregular',
  );
});

test('a reader drags a mark: intervals follow, the page and the export say who did it, and it can be undone', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=first-degree-av-block');
  await app.settled();
  const before = await value(page, 'prMs');
  await page.keyboard.press('m');
  const mark = page.locator('[data-testid=mark][data-selected=true]').first();
  await expect(mark).toHaveAttribute('data-kind', 'p');
  await expect(mark).toHaveAttribute('data-boundary', 'onset');
  await expect(page.getByTestId('wave-tip')).toContainText('P in I');
  await expect(page.getByTestId('wave-tip')).toContainText(/PR \d+ ms, QT \d+ ms/);

  const box = (await mark.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x - 6, y);
  await page.mouse.up();
  await app.settled();
  // 6 px are 1.5 mm are 60 ms; the beat's onset over all leads lies some ms from that of lead I.
  await expect.poll(() => value(page, 'prMs')).toBeGreaterThan(before + 25);
  await expect(page.getByTestId('marks-edited')).toHaveAttribute('data-count', '1');
  await expect(page.locator('[data-testid=warning][data-code=MARKS_EDITED]')).toBeVisible();
  const analysis = JSON.parse(await app.download('export-json'));
  expect(analysis.waves.I.p.filter(({ edited }: { edited?: string[] }) => edited)).toMatchObject([
    { edited: ['onset'] },
  ]);

  const dragged = await value(page, 'prMs');
  await page.keyboard.press('Control+z');
  await expect.poll(() => value(page, 'prMs')).toBe(before);
  await expect(page.locator('[data-testid=warning][data-code=MARKS_EDITED]')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => value(page, 'prMs')).toBe(dragged);
});

test('the arrow keys move a selected mark by one sample, and no further than the peak', async ({ app, page }) => {
  await app.open('backend=wasm&demo=normal');
  await app.settled();
  await page.keyboard.press('m');
  const mark = page.locator('[data-testid=mark][data-selected=true]').first();
  const time = async () => Number(await mark.getAttribute('data-time-s'));
  const start = await time();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => Math.abs((await time()) - start + 0.004)).toBeLessThan(0.0015);
  for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowRight');
  await app.settled();
  const tip = (await page.getByTestId('wave-tip').textContent()) ?? '';
  expect(Number(/(\d+) ms/.exec(tip)?.[1])).toBeGreaterThan(0);
  expect(await time()).toBeLessThan(start + 0.1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('mark')).toHaveCount(0);
});

test('a number stands beside its normal range, and shows on the trace where it was taken', async ({ app, page }) => {
  await app.open('backend=wasm&demo=first-degree-av-block');
  await app.settled();
  const pr = page.locator('[data-testid=measurement][data-name=prMs]');
  await expect(pr).toHaveAttribute('data-flag', 'high');
  await expect(pr).toContainText('normal');
  const areas = page.getByTestId('interval-area');
  await expect(areas).toHaveCount(0);
  await pr.getByRole('button').click();
  // A PR of 260 ms is 6.5 mm: 26 px, some more or less in one lead.
  await expect.poll(() => areas.count()).toBeGreaterThan(30);
  const widths = await areas.evaluateAll((rects) => rects.map((rect) => Number(rect.getAttribute('width'))));
  const middle = widths.sort((a, b) => a - b)[widths.length >> 1] ?? 0;
  expect(Math.abs(middle - 26)).toBeLessThan(3);
  await pr.getByRole('button').click();
  await expect(areas).toHaveCount(0);
});

test('the median beat of every lead stands on paper, and all beats lie over it on demand', async ({ app, page }) => {
  await app.open('backend=wasm&demo=pvc');
  await app.settled();
  await expect(page.getByTestId('median-beat')).toHaveCount(12);
  await expect(page.getByTestId('single-beats')).toHaveCount(0);
  await page.getByTestId('all-beats').click();
  await expect(page.getByTestId('single-beats')).toHaveCount(12);
  // The extrasystoles are of another shape: they are there, and not in the median.
  expect(Number(await page.getByTestId('other-beats').first().getAttribute('data-count'))).toBeGreaterThan(0);
  await page.getByRole('button', { name: '50 mm/s' }).click();
  await expect(page.locator('.beat-sheet')).toHaveAttribute('data-mm-per-s', '50');
  await expect(page.getByTestId('device-beat')).toHaveCount(0);
});

test('the beat that the device made lies over ours on demand, where the file has one', async ({ app, page }) => {
  await app.open();
  const { leads, beats, samplingRateHz: rateHz } = simulate('sinus', { samplingRateHz: 500, durationS: 10 });
  const from = Math.round(((beats[3]?.timeS ?? 0) - 0.4) * rateHz);
  const cut = (start: number, end: number) =>
    (['I', 'II', 'V1', 'V5'] as const).map((lead) => ({
      code: `MDC_ECG_LEAD_${lead}`,
      digits: [...leads[lead].slice(start, end)].map((millivolts) => Math.round(1000 * millivolts)),
    }));
  const rhythm = series('RHYTHM', [{ rateHz, leads: cut(0, 10 * rateHz) }]);
  const beat = series('REPRESENTATIVE_BEAT', [{ rateHz, leads: cut(from, from + 500) }]);
  const buffer = Buffer.from(await writeAecg('ward.xml', [rhythm, beat]).read());
  await app.drop([{ name: 'ward.xml', mimeType: 'text/xml', buffer }]);
  await app.settled();
  await expect(page.getByTestId('median-beat')).toHaveCount(8);
  await page.getByTestId('device-beat').click();
  await expect(page.getByTestId('device-beat-line')).toHaveCount(8);
  const [ours, device] = await Promise.all(
    ['median-beat', 'device-beat-line'].map((id) => page.getByTestId(id).first().boundingBox()),
  );
  expect(Math.abs((ours?.y ?? 0) - (device?.y ?? 0))).toBeLessThan(3);
  expect(Math.abs((ours?.height ?? 0) - (device?.height ?? 0))).toBeLessThan(6);
});

test('extrasystoles have their letter on the trace, and what annotators wrote beside the record stands above', async ({
  app,
  page,
}) => {
  await app.open();
  const [hea = '', dat = ''] = demoFiles('pvc');
  // A change of rhythm at sample 500 with its text, a beat 500 samples later, the end.
  const atr = [...word(28, 500), ...word(63, 2), ...Buffer.from('(B'), ...word(1, 500), 0, 0];
  await app.drop([
    { name: 'pvc.hea', mimeType: 'text/plain', buffer: await readFile(hea) },
    { name: 'pvc.dat', mimeType: 'application/octet-stream', buffer: await readFile(dat) },
    { name: 'pvc.atr', mimeType: 'application/octet-stream', buffer: Buffer.from(atr) },
  ]);
  await app.settled();
  await page.keyboard.press('w');
  await expect(page.getByTestId('plot')).toHaveAttribute('data-beat-letters', /V/);
  await expect(page.getByTestId('plot')).toHaveAttribute('data-annotations', /\(B.*N/);
  await expect(page.getByTestId('annotations')).toHaveText('2 annotations (atr)');
  const { recording } = JSON.parse(await app.download('export-json'));
  expect(recording.annotations.list[0]).toEqual({ timeS: 1, symbol: '+', text: '(B', source: 'atr' });
});

/** A word of a WFDB annotation file: code and interval. */
function word(code: number, interval: number): readonly [number, number] {
  const bits = code * 1024 + interval;
  return [bits % 256, Math.floor(bits / 256)];
}
