import { readFile, writeFile } from 'node:fs/promises';

const DOCUMENT = new URL('../docs/measurements.md', import.meta.url);

/** Prints a table and puts it in its place in docs/measurements.md, between `<!-- NAME -->` and `<!-- /NAME -->`; what stands around it is written by hand. */
export async function writeSection(name: string, lines: readonly string[]): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8');
  const [before, rest] = text.split(`<!-- ${name} -->\n`);
  const [, after] = rest?.split(`<!-- /${name} -->`) ?? [];
  if (after === undefined) throw new Error(`docs/measurements.md has no place for ${name}.`);
  const table = lines.join('\n');
  await writeFile(DOCUMENT, `${before}<!-- ${name} -->\n\n${table}\n\n<!-- /${name} -->${after}`);
  console.log(table);
}
