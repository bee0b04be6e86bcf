import type { Client } from '../client';
import type { Reading } from '../ecg';
import { analysisJson, analysisLine, batchCsv, csvParts, type Document, type PaperName, reportOf } from '../report';
import type { Words } from '../words';
import type { ShownEcg } from './display-filter';
import { documentOf } from './document';
import { download } from './download';
import type { PaperSettings } from './paper-settings';
import { type Item, shownReading } from './state';

/** What draws pages and writes FHIR is code that only an export needs; it is fetched before a file is opened, never after. */
const heavy = () => import('../report/heavy');

export const prepareExports = () => void heavy();

/** The analysis JSON of an open ECG as a download. */
export function exportJson(item: Item) {
  const reading = shownReading(item);
  download(`${baseName(reading.source.name)}.analysis.json`, 'application/json', [
    analysisJson(reading, item.report.now),
  ]);
}

/** The analyses of everything that was dropped, failures too: one JSON a line. */
export function exportBatchJsonl(items: readonly Item[]) {
  const lines = items.map((item) => item.folded ?? analysisLine(batchReading(item), item.report.now));
  download('analyses.jsonl', 'application/jsonl', lines);
}

/** The same as a table, one row a recording. */
export function exportBatchCsv(items: readonly Item[]) {
  download('analyses.csv', 'text/csv', batchCsv(items.map(batchReading)));
}

/** A row that nobody has analysed yet says so wherever it goes. */
function batchReading(item: Item): Reading {
  const reading = shownReading(item);
  const pending = item.state === 'waiting' || item.state === 'analysing';
  return pending ? { ...reading, error: { code: 'ABORTED', message: 'Not analysed yet.', detail: {} } } : reading;
}

/** The decoded signal of an open ECG as a download. */
export async function exportCsv(item: Item, read: Client['window']) {
  const { recording, source } = item.reading;
  if (!recording) return;
  const parts = await csvParts(recording, (startS, durationS) => read(item.id, startS, durationS));
  download(`${baseName(source.name)}.csv`, 'text/csv', parts);
}

/** What is exported on paper: an open ECG, the stretch that is shown, and how the reader wants the paper. */
export interface Shown {
  readonly words: Words;
  readonly item: Item;
  readonly shown: ShownEcg;
  readonly paper: PaperSettings;
}

/** One page at true scale, as vectors. */
export const exportPdf = (shown: Shown) =>
  exportDocument(shown, 'pdf', 'application/pdf', async (document) =>
    (await heavy()).documentPdf(document, paperOf(navigator.language)),
  );

/** The same page as a picture. */
export const exportPng = (shown: Shown) =>
  exportDocument(shown, 'png', 'image/png', async (document) =>
    (await heavy()).documentPng(document, paperOf(navigator.language)),
  );

async function exportDocument(
  { words, item, shown, paper }: Shown,
  ending: string,
  type: string,
  write: (document: Document) => Promise<BlobPart>,
) {
  const document = documentOf(words, item, shown, paper);
  if (document) download(`${baseName(item.reading.source.name)}.${ending}`, type, [await write(document)]);
}

/** Where Letter is the usual paper. */
const paperOf = (language: string): PaperName => (/-(US|CA|MX|PH)$/i.test(language) ? 'letter' : 'a4');

/** Longest stretch of signal in a FHIR bundle, seconds. */
const FHIR_S = 60;

/** The reading as a FHIR R4 bundle, with up to a minute of the signal. */
export async function exportFhir(item: Item, read: Client['window']) {
  const reading = shownReading(item);
  if (!reading.recording) return;
  const ecg = await read(item.id, 0, Math.min(FHIR_S, reading.recording.durationS));
  const json = (await heavy()).fhirBundle(reading, ecg, reportOf(reading, item.report.now), new Date());
  download(`${baseName(reading.source.name)}.fhir.json`, 'application/fhir+json', [json]);
}

const baseName = (name: string) => (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[^.]+$/, '');
