import type { Client } from '../client';
import type { Reading } from '../ecg';
import { analysisJson, analysisLine, batchCsv, csvParts } from '../report';
import { type Item, shownReading } from './state';

/** The analysis JSON of an open ECG as a download. */
export function exportJson(item: Item) {
  const reading = shownReading(item);
  download(`${baseName(reading.source.name)}.analysis.json`, 'application/json', [analysisJson(reading)]);
}

/** The analyses of everything that was dropped, failures too: one JSON a line. */
export function exportBatchJsonl(items: readonly Item[]) {
  const lines = items.map((item) => item.folded ?? analysisLine(batchReading(item)));
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

const baseName = (name: string) => (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[^.]+$/, '');

function download(name: string, type: string, parts: readonly BlobPart[]) {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
