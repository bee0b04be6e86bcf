import type { Plugin } from 'vite';
import { DEMOS, type Demo } from './demos';
import { simulate } from './index';
import { toWfdb } from './wfdb';

/** Where the gallery finds its files, under the page's own address. */
const FOLDER = 'demos';

/** What the gallery shows of a demo before it is opened: `demos/index.json` is a list of these. */
export interface DemoEntry extends Pick<Demo, 'id' | 'title' | 'description' | 'ageYears' | 'sex'> {
  /** File names in `demos/`, to be opened together. */
  readonly files: readonly string[];
}

function demoFiles(demo: Demo): ReadonlyMap<string, string | Uint8Array<ArrayBuffer>> {
  const { hea, dat } = toWfdb(demo.id, simulate(demo.scenario, demo.options), {
    ...(demo.leads && { leads: demo.leads }),
    ageYears: demo.ageYears,
    sex: demo.sex,
    simulated: demo.title,
  });
  return new Map<string, string | Uint8Array<ArrayBuffer>>([
    [`${demo.id}.hea`, hea],
    [`${demo.id}.dat`, dat],
  ]);
}

/** All files of the gallery by their names in `demos/`. */
export function galleryFiles(): ReadonlyMap<string, string | Uint8Array<ArrayBuffer>> {
  const entries: DemoEntry[] = [];
  const files = new Map<string, string | Uint8Array<ArrayBuffer>>();
  for (const demo of DEMOS) {
    const own = demoFiles(demo);
    for (const [name, content] of own) files.set(name, content);
    const { id, title, description, ageYears, sex } = demo;
    entries.push({ id, title, description, ageYears, sex, files: [...own.keys()] });
  }
  files.set('index.json', `${JSON.stringify(entries, null, 2)}\n`);
  return files;
}

/** Vite plugin: makes the demo ECGs when the app is built, and serves the same files while it is developed. */
export function demos(): Plugin {
  return {
    name: 'demos',
    generateBundle() {
      for (const [name, source] of galleryFiles()) {
        this.emitFile({ type: 'asset', fileName: `${FOLDER}/${name}`, source });
      }
    },
    configureServer(server) {
      let files: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>> | null = null;
      server.middlewares.use(`/${FOLDER}`, (request, response, next) => {
        files ??= galleryFiles();
        const name = (request.url ?? '').replace(/^\//, '').replace(/\?.*$/, '');
        const content = files.get(name);
        if (content === undefined) return next();
        response.setHeader('Content-Type', name.endsWith('.json') ? 'application/json' : 'application/octet-stream');
        response.end(content);
      });
    },
  };
}
