import { readFile, writeFile } from 'node:fs/promises';

/**
 * Draws what `BATCH=10000 npm run test:long` measured (test-results/batch.json): `npx tsx bench/batch-note.ts` writes docs/batch.svg
 * and docs/batch.md.
 */
interface Point {
  readonly seconds: number;
  readonly done: number;
  readonly residentMb: number;
  readonly heapMb: number;
  readonly handles: number;
  readonly nodes: number;
  readonly listeners: number;
}

interface Run {
  readonly recordings: number;
  readonly broken: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly points: readonly Point[];
}

const LINES = [
  ['residentMb', 'resident memory of the page, workers included, MB', '#b3541e'],
  ['heapMb', "the page's own heap, MB", '#3a7d44'],
  ['handles', 'open handles of its process', '#2b5d9b'],
  ['listeners', 'event listeners', '#7a3b8f'],
] as const satisfies readonly (readonly [keyof Point, string, string])[];

const WIDTH = 800;
const HEIGHT = 150;

const run = JSON.parse(await readFile('test-results/batch.json', 'utf8')) as Run;
await writeFile('docs/batch.svg', picture(run));
await writeFile('docs/batch.md', page(run));

/** One panel a line, each from 0 to a fifth over its most. */
function picture({ recordings, points }: Run): string {
  const last = points.at(-1)?.done ?? recordings;
  const panels = LINES.map(([key, title, ink], i) => {
    const most = 1.2 * Math.max(...points.map((point) => point[key]), 1);
    const top = 34 + i * (HEIGHT + 34);
    const path = points
      .map(
        (point) =>
          `${(60 + (WIDTH * point.done) / last).toFixed(1)},${(top + HEIGHT * (1 - point[key] / most)).toFixed(1)}`,
      )
      .join(' ');
    return `<text x="60" y="${top - 6}">${title}</text>
<rect x="60" y="${top}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#ccc"/>
<text x="54" y="${top + 10}" text-anchor="end">${most.toFixed(0)}</text><text x="54" y="${top + HEIGHT}" text-anchor="end">0</text>
<polyline points="${path}" fill="none" stroke="${ink}" stroke-width="1.5"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH + 90}" height="${34 + LINES.length * (HEIGHT + 34)}" font-family="sans-serif" font-size="12">
<title>Memory and handles over a batch of ${recordings} recordings</title>
<rect width="100%" height="100%" fill="#fff"/>
${panels.join('\n')}
</svg>
`;
}

function page({ recordings, broken, seconds, points }: Run): string {
  const most = points.at(-1)?.done ?? recordings;
  const at = (share: number) => points.find(({ done }) => done >= share * most) ?? points.at(-1);
  const rows = [0.2, 0.4, 0.6, 0.8, 1].map((share) => {
    const point = at(share);
    return `| ${point?.done} | ${point?.seconds.toFixed(0)} | ${point?.residentMb.toFixed(0)} | ${point?.heapMb.toFixed(0)} | ${point?.handles} | ${point?.nodes} | ${point?.listeners} |`;
  });
  const done = points.at(-1)?.done ?? 0;
  const told =
    done < recordings
      ? `This run was cut off after ${done}: what its end would show, cancelling and resuming midway and the comparison with one by one, a run of 60 showed.`
      : `It was cancelled and resumed midway; every recording has its row, and 50 of them give what they give alone.`;
  return `# ${recordings} recordings in one drop

Written by \`npx tsx bench/batch-note.ts\` from \`BATCH=${recordings} npm run test:long\`: simulated 10 s 12-lead ECGs at 500 Hz in Chromium on WASM, ${broken} of them broken.
${told} ${seconds.toFixed(0)} s, ${(done / seconds).toFixed(1)} recordings a second on two cores that much other work shared. Resident memory is that of all
pages and workers of the browser. The test fails where it grows by 150 MB, or the handles by 50, from a fifth of the way to the end.

![Memory and handles](batch.svg)

| done | s | resident MB | heap MB | handles | nodes | listeners |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
