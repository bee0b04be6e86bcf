import { zipSync } from 'fflate';
import type { History, KeptRow } from '../storage';

/** Everything in a history as one archive: each ECG's files in a folder, and `history.json` with what was said and done about them. */
export async function historyZip(history: History, rows: readonly KeptRow[]): Promise<Uint8Array<ArrayBuffer>> {
  const entries: Record<string, Uint8Array> = {};
  const listed: object[] = [];
  for (const [index, { key, head }] of rows.entries()) {
    if (!head) continue;
    const folder = String(index + 1).padStart(4, '0');
    const { edits, files } = await history.take(key);
    listed.push({ folder, ...head, edits });
    for (const { name, bytes } of files) entries[`${folder}/${name}`] = bytes;
  }
  entries['history.json'] = new TextEncoder().encode(`${JSON.stringify(listed, null, 2)}\n`);
  return new Uint8Array(zipSync(entries, { level: 6 }));
}
