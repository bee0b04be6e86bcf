import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, preview } from 'vite';
import { release } from '../src/release/vite-release';
import config from '../vite.config';

const ROOT = join(import.meta.dirname, 'site');
const MODULES = join(ROOT, 'node_modules');
const APP = join(import.meta.dirname, '../dist');

/** Without the app's content security policy, under which LiteRT.js does not load. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** What of the peers' packages is fetched by address while a page runs. */
const FETCHED = [
  ['onnxruntime-web/dist', 'ort', /dist$|\.wasm$|\.mjs$/],
  ['@litertjs/core/wasm', 'litert', /./],
] as const;

export interface Site {
  readonly url: string;
  /** Files that were asked for since the last call: their bytes after gzip -9. */
  fetchedBytes(): Promise<number>;
  close(): Promise<void>;
}

/**
 * The bench's pages, built and minified as the app's are.
 *
 * @param peers folder of the network in the peers' formats; null where none of them runs
 */
export async function openBench(peers: string | null): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'bench-'));
  await build({
    configFile: false,
    root: ROOT,
    base: './',
    logLevel: 'error',
    plugins: [release()],
    publicDir: join(ROOT, '../../public'),
    build: {
      target: 'es2023',
      assetsInlineLimit: 0,
      outDir,
      rollupOptions: { input: ['index.html', 'cold.html', 'dispatches.html'].map((page) => join(ROOT, page)) },
    },
  });
  if (peers) await cp(peers, join(outDir, 'peers'), { recursive: true });
  for (const [from, to, kept] of FETCHED) {
    await cp(join(MODULES, from), join(outDir, to), { recursive: true, filter: (path) => kept.test(path) });
  }
  const site = await open(outDir, ISOLATION);
  return {
    ...site,
    async close() {
      await site.close();
      await rm(outDir, { recursive: true });
    },
  };
}

/** The app as `npm run build` left it. */
export const openApp = () => open(APP, config.preview?.headers ?? {});

/** A folder on a free port, cross-origin isolated, so that every runtime may have threads. */
async function open(outDir: string, headers: OutgoingHttpHeaders): Promise<Site> {
  const asked = new Set<string>();
  const log: Plugin = {
    name: 'request-log',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, _, next) => {
        const { pathname } = new URL(request.url ?? '', 'http://localhost');
        asked.add(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
        next();
      });
    },
  };
  const server = await preview({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [log],
    build: { outDir },
    preview: { port: 0, open: false, headers },
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async fetchedBytes() {
      const files = await Promise.all([...asked].map((path) => readFile(join(outDir, path)).catch(() => null)));
      asked.clear();
      return files.reduce((sum, file) => sum + (file ? gzipSync(file, { level: 9 }).length : 0), 0);
    },
    close: () => server.close(),
  };
}
