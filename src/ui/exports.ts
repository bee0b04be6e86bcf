import type { Client } from '../client';
import type { Ecg, Reading } from '../ecg';
import { importSealed } from '../release/sealed';
import {
  analysis,
  analysisJson,
  analysisLine,
  batchCsv,
  csvParts,
  type Document,
  deidentified,
  deidentifiedAnalysis,
  leadName,
  NO_NAME,
  type PaperName,
  reportOf,
  withoutWriting,
} from '../report';
import type { Words } from '../words';
import type { ShownEcg } from './display-filter';
import { documentOf } from './document';
import { download } from './download';
import type { PaperSettings } from './paper-settings';
import { type Item, shownReading } from './state';

/** What draws pages and writes FHIR is code that only an export needs: fetched before a file of the reader's is opened, or when it is needed. */
const heavy = () => importSealed('heavy', () => import('../report/heavy'));

export const prepareExports = async () => void (await heavy());

/** Whether what goes out tells whose it is, or is de-identified. */
export type Identity = 'kept' | 'removed';

/** The analysis JSON of an open ECG as a download. */
export function exportJson(item: Item, identity: Identity) {
  const reading = shownReading(item);
  const json =
    identity === 'kept'
      ? analysisJson(reading, item.report.now)
      : `${JSON.stringify(deidentifiedAnalysis(analysis(reading, item.report.now)), null, 2)}\n`;
  download(`${baseName(reading, identity)}.analysis.json`, 'application/json', [json]);
}

/** The analyses of everything that was dropped, failures too: one JSON a line. */
export async function exportBatchJsonl(items: readonly Item[], identity: Identity) {
  const lines: BlobPart[] = [];
  for (const [n, item] of items.entries()) {
    const line = item.folded ?? analysisLine(batchReading(item), item.report.now);
    lines.push(identity === 'kept' ? line : await deidentifiedLine(line, n));
  }
  download('analyses.jsonl', 'application/jsonl', lines);
}

async function deidentifiedLine(line: Blob | string, n: number): Promise<string> {
  const written = JSON.parse(await new Response(line).text()) as ReturnType<typeof analysis>;
  return `${JSON.stringify(deidentifiedAnalysis(written, n))}\n`;
}

/** The same as a table, one row a recording. */
export function exportBatchCsv(items: readonly Item[], identity: Identity) {
  const readings = items.map(batchReading);
  const edits = items.map(({ report }) => report.now);
  const rows = identity === 'kept' ? batchCsv(readings, edits) : batchCsv(readings.map(deidentified));
  download('analyses.csv', 'text/csv', rows);
}

/** A row that nobody has analysed yet says so wherever it goes. */
function batchReading(item: Item): Reading {
  const reading = shownReading(item);
  const pending = item.state === 'waiting' || item.state === 'analysing';
  return pending ? { ...reading, error: { code: 'ABORTED', message: 'Not analysed yet.', detail: {} } } : reading;
}

/** The decoded signal of an open ECG as a download. */
export async function exportCsv(item: Item, read: Client['window'], identity: Identity) {
  const { recording } = outgoing(item, identity).reading;
  if (!recording) return;
  const parts = await csvParts(recording, (startS, durationS) => read(item.id, startS, durationS));
  download(`${baseName(item.reading, identity)}.csv`, 'text/csv', parts);
}

/** What is exported on paper: an open ECG, the stretch that is shown, and how the reader wants the paper. */
export interface Shown {
  readonly words: Words;
  readonly item: Item;
  readonly shown: ShownEcg;
  readonly paper: PaperSettings;
  readonly identity: Identity;
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
  { words, item, shown, paper, identity }: Shown,
  ending: string,
  type: string,
  write: (document: Document) => Promise<BlobPart>,
) {
  const document = documentOf(words, outgoing(item, identity), { ...shown, ecg: ecgOut(shown.ecg, identity) }, paper);
  if (!document) return;
  const paragraphs = [...document.paragraphs, ...(identity === 'removed' ? [{ text: words.fhir.deidentified }] : [])];
  download(`${baseName(item.reading, identity)}.${ending}`, type, [await write({ ...document, paragraphs })]);
}

/** An open ECG as it goes out. */
function outgoing(item: Item, identity: Identity): Item {
  if (identity === 'kept') return item;
  const now = withoutWriting(item.report.now);
  return { ...item, reading: deidentified(item.reading), enteredStartTime: null, report: { ...item.report, now } };
}

const ecgOut = (ecg: Ecg, identity: Identity): Ecg =>
  identity === 'kept'
    ? ecg
    : { ...ecg, leads: ecg.leads.map((lead, i) => ({ ...lead, name: leadName(lead.name, i) })) };

/** Where Letter is the usual paper. */
const paperOf = (language: string): PaperName => (/-(US|CA|MX|PH)$/i.test(language) ? 'letter' : 'a4');

/** Longest stretch of signal in a FHIR bundle, seconds. */
const FHIR_S = 60;

/** The reading as a FHIR R4 bundle, with up to a minute of the signal. */
export async function exportFhir(words: Words, item: Item, read: Client['window'], identity: Identity) {
  const out = outgoing(item, identity);
  const reading = shownReading(out);
  if (!reading.recording) return;
  const ecg = ecgOut(await read(item.id, 0, Math.min(FHIR_S, reading.recording.durationS)), identity);
  const issued = identity === 'kept' ? new Date() : null;
  const json = (await heavy()).fhirBundle(reading, ecg, reportOf(reading, out.report.now, words), issued, words);
  download(`${baseName(item.reading, identity)}.fhir.json`, 'application/fhir+json', [json]);
}

function baseName({ source: { name } }: Reading, identity: Identity): string {
  return identity === 'removed' ? NO_NAME : (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[^.]+$/, '');
}
