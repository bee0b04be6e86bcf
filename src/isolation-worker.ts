/// <reference lib="webworker" />

/**
 * A service worker for hosts that cannot set headers: it adds those that isolate the page from other origins, which browsers
 * ask for before they share memory between threads (WASM with more than one). Answers come from the network unchanged otherwise.
 * Works from the second load on; until then WASM runs on one thread and the page says so.
 */
const scope = self as unknown as ServiceWorkerGlobalScope;

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === scope.location.origin) event.respondWith(isolated(event.request));
});

async function isolated(request: Request): Promise<Response> {
  const response = await fetch(request);
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(status === 204 || status === 304 ? null : response.body, { status, statusText, headers });
}
