import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { licencesPage } from './licences';
import { bundledPackages, type Installed, type Lock, type ModelPart, type Product, sbom } from './sbom';

/** Where the bill and the licences lie, from the page's address. */
const SBOM = 'sbom.cdx.json';
const LICENCES = 'licences.html';

/** Vite plugins: `collect` notes what goes into the workers, `write` adds the page's own and writes the bill of materials and the licences. */
export function billOfMaterials(): { collect: () => Plugin; write: () => Plugin } {
  const modules = new Set<string>();
  return {
    collect: () => ({
      name: 'bill-of-materials-worker',
      apply: 'build',
      generateBundle: (_, bundle) => note(bundle),
    }),
    write: () => {
      let root = '';
      return {
        name: 'bill-of-materials',
        apply: 'build',
        configResolved(config) {
          ({ root } = config);
        },
        generateBundle(_, bundle) {
          note(bundle);
          const lock: Lock = read(join(root, 'package-lock.json'));
          const product: Product = read(join(root, 'package.json'));
          const bundled = bundledPackages(lock, modules);
          const bill = sbom(product, lock, bundled, models(join(root, 'public', 'models')));
          const own = readFileSync(join(root, 'LICENSE'), 'utf8');
          const page = licencesPage(own, bundled, (one) => textOf(root, one, own));
          this.emitFile({ type: 'asset', fileName: SBOM, source: `${JSON.stringify(bill, null, 1)}\n` });
          this.emitFile({ type: 'asset', fileName: LICENCES, source: page });
        },
      };
    },
  };

  function note(bundle: Parameters<Extract<Plugin['generateBundle'], (...given: never[]) => unknown>>[1]) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id);
    }
  }
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function models(folder: string): readonly ModelPart[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const { id, version, weights } = read<ModelPart & { weights: ModelPart }>(join(folder, name, 'model.json'));
      return { id, version, sha256: weights.sha256 };
    });
}

/** A package under Apache-2.0 that brings no text stands under the one that we bring. */
function textOf(root: string, { place, license }: Installed, apache: string): string | null {
  const file = readdirSync(join(root, place)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file) return readFileSync(join(root, place, file), 'utf8');
  return license === 'Apache-2.0' ? apache : null;
}
