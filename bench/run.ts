import { resolve } from 'node:path';
import { runnerImport } from 'vite';

/** Runs a script in Node whose imports need Vite (`?url`): `npx tsx bench/run.ts SCRIPT ARGUMENTS…`. */
const [script, ...rest] = process.argv.slice(2);
if (!script) throw new Error('usage: npx tsx bench/run.ts SCRIPT ARGUMENTS…');
process.argv = [process.argv[0] ?? '', script, ...rest];
await runnerImport(resolve(script), { configFile: false, logLevel: 'error' });
