import { EcgError } from '../ecg';
import type { Files } from './ahead';
import { type BuildManifest, MANIFEST, sha256 } from './manifest';

/** Where the page lies: every script of a build is in a folder under it. */
const ROOT = '../';

let manifest: Promise<Sealed> | null = null;

interface Sealed extends BuildManifest {
  /** SHA-256 of the manifest itself. */
  readonly id: string;
  readonly bytes: ArrayBuffer;
}

/** The list of this build, fetched once; after a failure the next call tries again. Only a build has one. */
async function listed(): Promise<Sealed> {
  manifest ??= fetchBytes(root() + MANIFEST).then(async (bytes) => {
    const { files, imports } = JSON.parse(new TextDecoder().decode(bytes)) as BuildManifest;
    return { files, imports, id: await sha256(bytes), bytes };
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

/** The list itself, for a worker that compares what it loads with the same one; nothing where it cannot be fetched. */
export async function manifestFile(): Promise<Files> {
  const build = import.meta.env.PROD ? await listed().catch(() => null) : null;
  return new Map(build ? [[root() + MANIFEST, build.bytes.slice()]] : []);
}

const checks = new Map<string, Promise<unknown>>();

/**
 * Compares a script of this build, and those that it imports, with the build's before a worker is made of it or it is imported; each once,
 * after a failure again. The script that runs this was compared by whoever loaded it.
 *
 * @throws as {@link fetchSealed}
 */
export async function checkScript(url: string): Promise<void> {
  if (!import.meta.env.PROD) return;
  // The list is on its way together with the script itself.
  const [{ imports }] = await Promise.all([listed(), checkOne(url)]);
  const urls = [url];
  for (const one of urls) {
    const further = (imports[one.slice(root().length)] ?? []).map((path) => root() + path);
    urls.push(...further.filter((next) => !urls.includes(next)));
  }
  await Promise.all(urls.map(checkOne));
}

function checkOne(url: string): Promise<unknown> {
  if (url === import.meta.url) return Promise.resolve();
  const known = checks.get(url);
  if (known) return known;
  const check = fetchSealed(url);
  checks.set(url, check);
  check.catch(() => checks.delete(url));
  return check;
}

/**
 * Imports a part of the page that is loaded when it is needed, compared with the build's first.
 *
 * @param name of the module's file, by which the build names its script
 * @throws as {@link fetchSealed}
 */
export async function importSealed<T>(name: string, load: () => Promise<T>): Promise<T> {
  // A program outside a browser has no build either.
  if (import.meta.env?.PROD) {
    const { files } = await listed();
    const [path, other] = Object.keys(files).filter((one) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(one));
    if (path === undefined || other !== undefined) throw new Error(`The build has not one script named ${name}.`);
    await checkScript(root() + path);
  }
  return load();
}

function root(): string {
  return new URL(ROOT, import.meta.url).href;
}

/** What a page fetched for this worker while it was being made: each is used once, and compared as if it had been fetched here. */
const handed = new Map<string, ArrayBuffer>();

/** To a worker, before it asks for them. */
export function handOver(files: Files): void {
  for (const [url, bytes] of files) handed.set(url, bytes);
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const there = handed.get(url);
  handed.delete(url);
  if (there) return there;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.arrayBuffer();
}
