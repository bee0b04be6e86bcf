import { EcgError } from '../ecg';
import { type BuildManifest, MANIFEST, sha256 } from './manifest';

/** Where the page lies: every script of a build is in a folder under it. */
const ROOT = '../';

let manifest: Promise<Sealed> | null = null;

interface Sealed extends BuildManifest {
  /** SHA-256 of the manifest itself. */
  readonly id: string;
}

/** The list of this build, fetched once; after a failure the next call tries again. Only a build has one. */
async function listed(): Promise<Sealed> {
  manifest ??= fetchBytes(root() + MANIFEST).then(async (bytes) => {
    const { files } = JSON.parse(new TextDecoder().decode(bytes)) as BuildManifest;
    return { files, id: await sha256(bytes) };
  });
  manifest.catch(() => {
    manifest = null;
  });
  return manifest;
}

/**
 * A file of this build, compared with the build's manifest before it is used. While the page is developed there is no manifest.
 *
 * @throws EcgError NOT_AS_BUILT when a byte differs or the manifest has no such file; what `fetch` rejects with; Error with the HTTP status
 */
export async function fetchSealed(url: string): Promise<ArrayBuffer> {
  const [bytes, build] = await Promise.all([fetchBytes(url), import.meta.env.PROD ? listed() : null]);
  if (!build) return bytes;
  const path = url.startsWith(root()) ? url.slice(root().length) : url;
  const expected = build.files[path] ?? 'a file of this build';
  const found = await sha256(bytes);
  if (found === expected) return bytes;
  throw new EcgError(
    'NOT_AS_BUILT',
    'A file of this page is not the one that was built, so nothing is analysed: load the page again or tell who runs it.',
    {
      expected,
      found,
      where: path,
    },
  );
}

/** What names this build: the SHA-256 of its manifest; null while the page is developed. Rejects where it cannot be fetched. */
export async function buildId(): Promise<string | null> {
  return import.meta.env.PROD ? (await listed()).id : null;
}

let scripts: Promise<unknown> | null = null;

/** Compares every script that a worker may load; done once. @throws as {@link fetchSealed} */
export function checkScripts(): Promise<unknown> {
  if (!import.meta.env.PROD) return Promise.resolve();
  scripts ??= listed().then(({ files }) =>
    Promise.all(
      Object.keys(files)
        .filter((path) => path.endsWith('.js'))
        .map((path) => fetchSealed(root() + path)),
    ),
  );
  scripts.catch(() => {
    scripts = null;
  });
  return scripts;
}

function root(): string {
  return new URL(ROOT, import.meta.url).href;
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.arrayBuffer();
}
