/// <reference lib="webworker" />
import { HEADERS } from './release/headers';
import { BUILD_ID_PLACE, type BuildManifest, MANIFEST, sha256 } from './release/manifest';

/**
 * Keeps one whole build of the page in the browser, so that it works with the network cut, and gives every answer the headers
 * that isolate the page, for hosts that cannot set them (browsers ask for those before WASM threads may share memory).
 *
 * A build is taken whole or not at all: each file's SHA-256 must be the manifest's, and the manifest's own stands in this
 * script. Until then, and until the reader asks or every tab is closed, the build that is there stays in use.
 */
const scope = self as unknown as ServiceWorkerGlobalScope;

/** The SHA-256 of this build's manifest; written in when the page is built. */
const BUILD = BUILD_ID_PLACE;
const PREFIX = `efficientecg ${scope.registration.scope} `;
const CACHE = PREFIX + BUILD;

/** Fires when a file is opened while the build is still being fetched: nothing is requested from then on. */
const quiet = new AbortController();

scope.addEventListener('install', (event) => event.waitUntil(download()));
scope.addEventListener('activate', (event) => event.waitUntil(begin()));

scope.addEventListener('message', ({ data, ports: [port] }) => {
  if (data === 'quiet') {
    quiet.abort();
    port?.postMessage('quiet');
  } else if (data === 'take over') void takeOver(port);
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === scope.location.origin)
    event.respondWith(answer(request));
});

/** Fetches and checks every file; what was checked by an earlier try or lies in the build before is not fetched again. */
async function download(): Promise<void> {
  const list = await fetchBytes(MANIFEST);
  if ((await sha256(list)) !== BUILD) throw new Error('The manifest is not that of this build.');
  const { files } = JSON.parse(new TextDecoder().decode(list)) as BuildManifest;
  const cache = await caches.open(CACHE);
  await cache.put(address(MANIFEST), kept(MANIFEST, list));
  await Promise.all(
    Object.entries(files).map(async ([path, expected]) => {
      const url = address(path);
      const known = await (await caches.match(url))?.arrayBuffer();
      const bytes = known && (await sha256(known)) === expected ? known : await fetchBytes(path);
      if ((await sha256(bytes)) !== expected) throw new Error(`${path} is not that of this build.`);
      await cache.put(url, kept(path, bytes));
    }),
  );
}

function kept(path: string, bytes: ArrayBuffer): Response {
  return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': contentType(path) } });
}

async function fetchBytes(path: string): Promise<ArrayBuffer> {
  const response = await fetch(address(path), { cache: 'no-cache', signal: quiet.signal });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.arrayBuffer();
}

/** This build is in use from now on: those before it go, and pages that have none yet are served. */
async function begin(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
  await scope.clients.claim();
}

/** The reader wants this build now. Not under the hands of another tab, which goes on with the files that it began with. */
async function takeOver(port: MessagePort | undefined): Promise<void> {
  const tabs = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const own = tabs.filter(({ url }) => url.startsWith(scope.registration.scope));
  port?.postMessage(own.length > 1 ? 'other tabs' : 'taken over');
  if (own.length <= 1) await scope.skipWaiting();
}

async function answer(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const page = origin + pathname === scope.registration.scope ? address('index.html') : origin + pathname;
  const found = await (await caches.open(CACHE)).match(page);
  if (found) return found;
  const response = await fetch(request);
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response([204, 205, 304].includes(status) ? null : response.body, { status, statusText, headers });
}

const address = (path: string) => new URL(path, scope.registration.scope).href;

/** By the name, for a host may not know it: a script of another type is refused. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

function contentType(path: string): string {
  return TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
