import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { release } from '../src/release/vite-release';
import config from '../vite.config';

const ROOT = join(import.meta.dirname, 'site');
const MODULES = join(ROOT, 'node_modules');

/** What of the peers' packages is fetched by address while a page runs. */
const FETCHED = [
  ['onnxruntime-web/dist', 'ort'],
  ['@litertjs/core/wasm', 'litert'],
] as const;

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The bench's pages, built and minified as the app's are, on a free port and cross-origin isolated, so that every runtime may have threads.
 *
 * @param peers folder of the network in the peers' formats
 */
export async function openSite(peers: string): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'bench-'));
  const common = { configFile: false, root: ROOT, base: './', logLevel: 'error' } as const;
  await build({
    ...common,
    plugins: [release()],
    publicDir: join(ROOT, '../../public'),
    build: {
      target: 'es2023',
      assetsInlineLimit: 0,
      outDir,
      rollupOptions: { input: ['index.html', 'cold.html'].map((page) => join(ROOT, page)) },
    },
  });
  await cp(peers, join(outDir, 'peers'), { recursive: true });
  for (const [from, to] of FETCHED)
    await cp(join(MODULES, from), join(outDir, to), {
      recursive: true,
      filter: (path) => !/\.(map|js)$/.test(path) || to === 'litert',
    });
  const server = await preview({
    ...common,
    build: { outDir },
    preview: { port: 0, open: false, headers: config.preview?.headers ?? {} },
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
