import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Download, type Page } from '@playwright/test';
import { build } from 'vite';
import { standardLead } from '../src/ecg';
import { joinPeople, parsePeople } from '../src/formats';
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
    leads: { type: 'string' },
    signals: { type: 'string' },
    demographics: { type: 'string' },
  },
});

/** `--leads` with the standard spelling; empty for a signal that is to stay as the file has it. */
const leads = (options.leads ?? '').split(',').map((name) => standardLead(name) ?? '');
const answers = options.rate || options.unit || options.leads;

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

async function main(): Promise<number> {
  if (positionals.length === 0) {
    console.error(
      'usage: npm run -s read -- [--backend webgpu|wasm|cpu] [--rate HZ] [--unit mV|uV] [--leads I,II,…] [--signals DIR] [--demographics CSV] FILE…',
    );
    return 2;
  }
  if (!existsSync('dist/index.html')) await build({ configLoader: 'runner', logLevel: 'error' });
  const { folders, absent } = await search(positionals);
  const people = await demographics(folders);
  const server = await serve();
  const browser = await chromium.launch(chromiumOptions());
  let failures = absent.length;
  for (const path of absent) console.error(`${path}: no such file or folder`);
  try {
    for (const folder of folders) {
      const page = await browser.newPage();
      for (const analysis of await readFolder(page, server.url, folder, people.get(folder))) {
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
  people: string | undefined,
): Promise<readonly Analysis[]> {
  await page.goto(options.backend ? `${url}?backend=${options.backend}` : url);
  await page.getByTestId('file-input').setInputFiles([...files, ...(people ? [people] : [])]);
  await settled(page);
  if (answers && (await page.getByTestId('question').isVisible())) await answer(page);
  if (options.signals) await saveSignals(page, options.signals);
  const lines = await readFile(await (await download(page, 'export-batch-jsonl')).path(), 'utf8');
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line): Analysis => JSON.parse(line));
}

async function saveSignals(page: Page, folder: string): Promise<void> {
  const rows = page.getByTestId('batch-row');
  for (let i = 0; i < (await rows.count()); i++) {
    const row = rows.nth(i);
    if ((await row.getAttribute('data-state')) !== 'done') continue;
    const name = (await row.getAttribute('data-file')) ?? '';
    await row.click();
    await settled(page);
    const path = join(folder, `${name}.csv`);
    await mkdir(dirname(path), { recursive: true });
    await page.getByTestId('save-menu').click();
    await (await download(page, 'export-csv')).saveAs(path);
  }
}

/** Until the page has read and analysed everything it was given. */
async function settled(page: Page): Promise<void> {
  await page
    .locator('[data-testid=status][data-state=done], [data-testid=status][data-state=error]')
    .waitFor({ timeout: 0, state: 'attached' });
}

async function answer(page: Page): Promise<void> {
  const [rate, unit] = [page.getByTestId('question-rate'), page.getByTestId('question-unit')];
  if (options.rate && (await rate.isVisible())) await rate.fill(options.rate);
  if (options.unit && (await unit.isVisible())) await unit.selectOption(options.unit);
  await page.getByTestId('preview').waitFor();
  // The page's guess is for who can look at the plots.
  for (const choice of await page.getByTestId('question-lead').all()) {
    const place = Number((await choice.getAttribute('name'))?.replace('lead-', ''));
    await choice.selectOption(leads[place] ?? '');
  }
  await page.getByTestId('question-submit').click();
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

/**
 * The table of `--demographics` in pieces that can be dropped beside each folder's files, joined over all folders at once, so that a name
 * that two of them have is nobody's. Gives the piece's path by folder.
 */
async function demographics(folders: readonly Folder[]): Promise<ReadonlyMap<Folder, string>> {
  const pieces = new Map<Folder, string>();
  if (!options.demographics) return pieces;
  const table = parsePeople(basename(options.demographics), await readFile(options.demographics, 'utf8'));
  // A WFDB pair is one recording: its parts share folder and stem.
  const byStem = new Map<string, { readonly folder: Folder; readonly files: string[] }>();
  for (const folder of folders) {
    for (const file of folder.files) {
      const stem = file.replace(/\.[^./]*$/, '');
      const one = byStem.get(stem) ?? { folder, files: [] };
      one.files.push(file);
      byStem.set(stem, one);
    }
  }
  const recordings = [...byStem.values()];
  const { people, refusals } = joinPeople(
    [table],
    recordings.map(({ files }) => files),
  );
  for (const sentence of [...refusals.values()].flat()) console.error(`${table.name}: ${sentence}`);
  const rows = new Map<Folder, string[]>();
  for (const [place, { file, ageYears, sex }] of people) {
    const folder = recordings[place]?.folder;
    if (!folder) continue;
    rows.set(folder, [...(rows.get(folder) ?? []), `"${basename(file)}",${ageYears ?? ''},${sex}`]);
  }
  const place = await mkdtemp(join(tmpdir(), 'demographics-'));
  for (const [n, [folder, lines]] of [...rows].entries()) {
    const path = join(place, `${n}`, `${table.name.replace(/\.(csv|tsv|txt)$/i, '')}.csv`);
    await mkdir(dirname(path));
    await writeFile(path, `file,age,sex\n${lines.join('\n')}\n`);
    pieces.set(folder, path);
  }
  return pieces;
}

process.exitCode = await main();
