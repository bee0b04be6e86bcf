import type { Plugin } from 'vite';
import { MANIFEST } from './manifest';

/** What the first result needs, by the names that the build gives: fetched while the browser still reads the page. */
const MODULES = /^assets\/mount-.*\.js$/;
const FETCHED = /^assets\/worker-.*\.js$/;

/** Vite plugin: the page names what its first script will ask for, so that the browser fetches all of it at once. */
export function preload(): Plugin {
  return {
    name: 'preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const paths = Object.keys(bundle);
        const modules = paths.filter((path) => MODULES.test(path));
        const fetched = [...paths.filter((path) => FETCHED.test(path)), MANIFEST];
        return [
          ...modules.map((path) => link({ rel: 'modulepreload', href: `./${path}` })),
          ...fetched.map((path) => link({ rel: 'preload', as: 'fetch', href: `./${path}` })),
        ];
      },
    },
  };
}

const link = (attrs: Record<string, string>) => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head' as const,
});
