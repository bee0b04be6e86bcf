import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Papa from 'papaparse';
import type { Ecg } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import { assessQuality, signalWarnings, stretch } from '../src/signal';

/**
 * What the quality gate says of real recordings: `npx tsx bench/quality.ts FOLDER [LABELS.csv]`, WFDB records anywhere in the folder.
 * Prints the shares of records refused and of leads with each issue, with n; with labels (`record,quality`, as CinC 2011 has them) for each
 * label of its own.
 */
const [folder, labelFile] = process.argv.slice(2);
if (!folder) throw new Error('usage: npx tsx bench/quality.ts FOLDER [LABELS.csv]');

interface Judged {
  readonly acceptable: boolean;
  readonly issues: readonly (readonly string[])[];
  readonly warnings: readonly string[];
}

async function ecgOf(path: string): Promise<Ecg> {
  const part = async (end: string) =>
    bytesOf(`${basename(path)}.${end}`, new Uint8Array(await readFile(`${path}.${end}`)));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${path} cannot be read.`);
  return stretch(outcome.recording, 0, outcome.recording.durationS);
}

const percent = (count: number, n: number) => `${((100 * count) / n).toFixed(2)} % (${count} of ${n})`;

function print(label: string, rows: readonly Judged[]): void {
  const leads = rows.flatMap(({ issues }) => issues);
  const kinds = [...new Set(leads.flat())].sort();
  const codes = [...new Set(rows.flatMap(({ warnings }) => warnings))].sort();
  console.log(`${label}\trefused ${percent(rows.filter(({ acceptable }) => !acceptable).length, rows.length)}`);
  const flagged = rows.filter(({ issues }) => issues.some((lead) => lead.length > 0)).length;
  console.log(`${label}\tany lead with an issue ${percent(flagged, rows.length)}`);
  for (const kind of kinds) {
    const [here, records] = [
      leads.filter((lead) => lead.includes(kind)).length,
      rows.filter(({ issues }) => issues.some((lead) => lead.includes(kind))).length,
    ];
    console.log(`${label}\t${kind}\tleads ${percent(here, leads.length)}\trecords ${percent(records, rows.length)}`);
  }
  for (const code of codes) {
    console.log(
      `${label}\t${code}\t${percent(rows.filter(({ warnings }) => warnings.includes(code)).length, rows.length)}`,
    );
  }
}

const labels = new Map<string, string>();
if (labelFile) {
  const { data } = Papa.parse<Record<string, string>>(await readFile(labelFile, 'utf8'), { header: true });
  for (const { record = '', quality = '' } of data) labels.set(record, quality);
}
const headers = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.hea')).sort();
const byLabel = new Map<string, Judged[]>();
for (const header of headers) {
  const path = join(folder, header.slice(0, -4));
  const ecg = await ecgOf(path);
  const quality = assessQuality(ecg);
  const label = labels.get(basename(path)) ?? 'all';
  const rows = byLabel.get(label) ?? [];
  byLabel.set(label, rows);
  rows.push({
    acceptable: quality.acceptable,
    issues: quality.leads.map(({ issues }) => issues),
    warnings: signalWarnings(ecg).map(({ code }) => code),
  });
}
for (const [label, rows] of byLabel) print(label, rows);
