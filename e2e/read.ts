import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Download, type Page } from '@playwright/test';
import Papa from 'papaparse';
import { build } from 'vite';
import { chromiumOptions } from './chromium';
import { serve } from './server';

/**
 * The product without its window: opens the built app in Chromium, drops the files on the page and prints one analysis a line,
 * in the order of the files. See docs/interface.md for the options.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    backend: { type: 'string' },
    rate: { type: 'string' },
    unit: { type: 'string' },
    signals: { type: 'string' },
    demographics: { type: 'string' },
  },
});

interface Analysis {
  readonly source: { readonly name: string };
  readonly recording: object | null;
  readonly error: { readonly code: string } | null;
}

/** Files of one folder, which are dropped together so that WFDB's parts find each other. */
interface Folder {
  readonly path: string;
  readonly files: readonly string[];
}

interface Demographics {
  readonly age: string;
  readonly sex: string;
}

async function main(): Promise<number> {
  if (positionals.length === 0) {
    console.error(
      'usage: npm run -s read -- [--backend webgpu|wasm|cpu] [--rate HZ] [--unit mV|uV] [--signals DIR] [--demographics CSV] FILE…',
    );
    return 2;
  }
  if (!existsSync('dist/index.html')) await build({ configLoader: 'runner', logLevel: 'error' });
  const { folders, absent } = await search(positionals);
  const people = options.demographics ? await demographics(options.demographics) : new Map<string, Demographics>();
  const server = await serve();
  const browser = await chromium.launch(chromiumOptions());
  let failures = absent.length;
  for (const path of absent) console.error(`${path}: no such file or folder`);
  try {
    for (const folder of folders) {
      const page = await browser.newPage();
      for (const analysis of await readFolder(page, server.url, folder, people)) {
        console.log(JSON.stringify(analysis));
        if (analysis.error) failures++;
      }
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return failures > 0 ? 1 : 0;
}

async function readFolder(
  page: Page,
  url: string,
  { files }: Folder,
  people: ReadonlyMap<string, Demographics>,
): Promise<readonly Analysis[]> {
  await page.goto(options.backend ? `${url}?backend=${options.backend}` : url);
  await page.getByTestId('file-input').setInputFiles([...files]);
  await settled(page);
  if ((options.rate || options.unit) && (await page.getByTestId('question').isVisible())) await answer(page);
  const rows = page.getByTestId('batch-row');
  for (let i = 0; i < (await rows.count()); i++) {
    const row = rows.nth(i);
    if ((await row.getAttribute('data-state')) !== 'done') continue;
    const name = (await row.getAttribute('data-file')) ?? '';
    const person = people.get(basename(name));
    if (!person && !options.signals) continue;
    await row.click();
    await settled(page);
    if (person) await enter(page, person);
    if (options.signals) {
      const path = join(options.signals, `${name}.csv`);
      await mkdir(dirname(path), { recursive: true });
      await (await download(page, 'export-csv')).saveAs(path);
    }
  }
  const lines = await readFile(await (await download(page, 'export-batch-jsonl')).path(), 'utf8');
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line): Analysis => JSON.parse(line));
}

/** Until the page has read and analysed everything it was given. */
async function settled(page: Page): Promise<void> {
  await page
    .locator('[data-testid=status][data-state=done], [data-testid=status][data-state=error]')
    .waitFor({ timeout: 0, state: 'attached' });
}

async function answer(page: Page): Promise<void> {
  if (options.rate) await page.getByTestId('question-rate').fill(options.rate);
  if (options.unit) await page.getByTestId('question-unit').selectOption(options.unit);
  await page.getByTestId('question-submit').click();
  await settled(page);
}

async function enter(page: Page, { age, sex }: Demographics): Promise<void> {
  await page.getByTestId('age').fill(age);
  await page.getByTestId('sex').selectOption(sex || 'unknown');
  await settled(page);
}

async function download(page: Page, button: string): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).dispatchEvent('click')]);
  return file;
}

/** All files under the paths, grouped by folder in the order in which they were named. */
async function search(paths: readonly string[]): Promise<{ folders: readonly Folder[]; absent: readonly string[] }> {
  const byFolder = new Map<string, string[]>();
  const absent: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch(() => null);
    if (!entry) absent.push(path);
    const found = entry?.isDirectory()
      ? (await readdir(path, { recursive: true, withFileTypes: true }))
          .filter((file) => file.isFile())
          .map((file) => join(file.parentPath, file.name))
          .sort()
      : entry
        ? [path]
        : [];
    for (const file of found) {
      const files = byFolder.get(dirname(file)) ?? [];
      if (!files.includes(file)) files.push(file);
      byFolder.set(dirname(file), files);
    }
  }
  return { folders: [...byFolder].map(([path, files]) => ({ path: relative('.', path), files })), absent };
}

/** `file,age,sex` by file name. */
async function demographics(path: string): Promise<ReadonlyMap<string, Demographics>> {
  const { data } = Papa.parse<Record<string, string>>(await readFile(path, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  return new Map(data.map(({ file = '', age = '', sex = '' }) => [basename(file), { age, sex: sex.toLowerCase() }]));
}

process.exitCode = await main();
