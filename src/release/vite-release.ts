import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import { BUILD_ID_PLACE, type BuildManifest, MANIFEST, sha256 } from './manifest';

const SERVICE_WORKER = 'service-worker.js';

/**
 * Vite plugin: lists every file of the build with its SHA-256, and writes the list's own into the service worker, which the browser compares.
 *
 * @param serviceWorker its source, from the project's root; left out: there is none
 */
export function release(serviceWorker?: string): Plugin {
  let root = '';
  let outDir = '';
  return {
    name: 'release',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = join(root, relative(root, config.build.outDir));
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (serviceWorker !== undefined) await bundle(join(root, serviceWorker), outDir);
        await bindPages(outDir);
        await seal(outDir);
      },
    },
  };
}

/** A service worker is one classic script (it shares no chunk with the page) and rules its own folder alone, so it lies at the top. */
async function bundle(source: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      target: 'es2023',
      outDir,
      emptyOutDir: false,
      rollupOptions: { input: source, output: { format: 'iife', entryFileNames: SERVICE_WORKER } },
    },
  });
}

/** The scripts that a page itself names carry their SHA-256 there, and the browser runs no other (Subresource Integrity, W3C 2016). */
async function bindPages(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.html'))) {
    const page = await readFile(join(folder, name), 'utf8');
    const hashed = new Map<string, string>();
    for (const [, path = ''] of page.matchAll(NAMED_SCRIPT)) {
      const bytes = await readFile(join(folder, path));
      hashed.set(path, createHash('sha256').update(bytes).digest('base64'));
    }
    const bound = page.replace(NAMED_SCRIPT, (tag, path) => `${tag} integrity="sha256-${hashed.get(path)}"`);
    await writeFile(join(folder, name), bound);
  }
}

const NAMED_SCRIPT = /<script type="module" crossorigin src="\.\/([^"]+)"/g;

/** Lists what lies in the folder of a build. */
export async function seal(folder: string): Promise<void> {
  const files = await hashes(folder);
  const manifest: BuildManifest = { files, imports: await imports(folder, Object.keys(files)) };
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const id = await sha256(new TextEncoder().encode(text));
  await writeFile(join(folder, MANIFEST), text);
  const worker = await readFile(join(folder, SERVICE_WORKER), 'utf8').catch(() => null);
  if (worker !== null) await writeFile(join(folder, SERVICE_WORKER), worker.replaceAll(BUILD_ID_PLACE, id));
}

/** The scripts beside it that a script imports before it runs, by their names. */
export function importsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(STATIC_IMPORT)].map(([, name = '']) => name))];
}

/** As a minifier writes it; `import(…)`, which loads later, is another thing. */
const STATIC_IMPORT = /\b(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g;

async function imports(folder: string, files: readonly string[]): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const path of files.filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(folder, path), 'utf8');
    const beside = path.slice(0, path.lastIndexOf('/') + 1);
    const paths = importsOf(text).map((name) => `${beside}${name}`);
    if (paths.length > 0) found[path] = paths;
  }
  return found;
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const listed = paths
    .map((path) => relative(folder, path).split(sep).join('/'))
    .filter((name) => name !== MANIFEST && name !== SERVICE_WORKER)
    .sort();
  const files: Record<string, string> = {};
  for (const name of listed) files[name] = await sha256(new Uint8Array(await readFile(join(folder, name))));
  return files;
}
