import type { Client } from '../client';
import { analysis, analysisJson, csvParts } from '../report';
import { type Item, shownReading } from './state';

/** The analysis JSON of an open ECG as a download. */
export function exportJson(item: Item) {
  const reading = shownReading(item);
  download(`${baseName(reading.source.name)}.analysis.json`, 'application/json', [analysisJson(reading)]);
}

/** The analyses of everything that was dropped, failures too: one JSON a line. */
export function exportBatch(items: readonly Item[]) {
  const lines = items.map((item) => `${JSON.stringify(analysis(shownReading(item)))}\n`);
  download('analyses.jsonl', 'application/jsonl', lines);
}

/** The decoded signal of an open ECG as a download. */
export async function exportCsv(item: Item, read: Client['window']) {
  const { recording, source } = item.reading;
  if (!recording) return;
  const parts = await csvParts(recording, (startS, durationS) => read(item.id, startS, durationS));
  download(`${baseName(source.name)}.csv`, 'text/csv', parts);
}

const baseName = (name: string) => (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[^.]+$/, '');

function download(name: string, type: string, parts: readonly string[]) {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
