import type { Plugin } from 'vite';
import { FOR_WORKER } from './ahead';
import { MANIFEST } from './manifest';
import { importsOf } from './vite-release';

/** What the first result needs, by the names that the build gives: fetched while the browser still reads the page. */
const SCRIPTS = /^assets\/mount-.*\.js$/;
const FETCHED = /^assets\/worker-.*\.js$/;
const KERNELS = /^assets\/kernels-.*\.wasm$/;
/** The models that read every ECG; a page whose address asks for another one fetches that by itself. */
const MODELS = ['quality', 'delineator', 'efficientecg'];
const DEMOS = 'demos/index.json';

/**
 * Vite plugin: the page names what its first script will ask for, so that the browser fetches all of it at once. What draws the page is named as a script, whose
 * SHA-256 is then written beside it: the browser itself compares it, and it is fetched once.
 */
export function preload(): Plugin {
  return {
    name: 'preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const paths = Object.keys(bundle);
        const named = (pattern: RegExp) => paths.filter((path) => pattern.test(path));
        const textOf = (path: string) => {
          const file = bundle[path];
          return file?.type === 'chunk' ? file.code : String(file?.source ?? '');
        };
        const models = MODELS.flatMap((id) => ['model.json', 'weights.bin'].map((file) => `models/${id}/${file}`));
        return [
          ...named(SCRIPTS).map((path) => script(`./${path}`)),
          ...[...withImports(named(FETCHED), textOf), MANIFEST, DEMOS].map((path) => link(fetched(path))),
          ...[...named(KERNELS), ...models].map((path) => link({ ...fetched(path), [FOR_WORKER]: true })),
        ];
      },
    },
  };
}

/** Scripts and all that they import before they run. */
function withImports(paths: readonly string[], textOf: (path: string) => string): readonly string[] {
  const all = [...paths];
  for (const path of all) {
    const further = importsOf(textOf(path)).map((name) => path.replace(/[^/]*$/, name));
    all.push(...further.filter((next) => !all.includes(next)));
  }
  return all;
}

const fetched = (path: string) => ({ rel: 'preload', as: 'fetch', href: `./${path}` });

const script = (src: string) => ({
  tag: 'script',
  attrs: { type: 'module', crossorigin: true, src, fetchpriority: 'high' },
  injectTo: 'head' as const,
});

const link = (attrs: Record<string, string | true>) => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head' as const,
});
