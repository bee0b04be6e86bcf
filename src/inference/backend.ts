import { type Backend, EcgError } from '../ecg';
import { startOwnWasm } from '../network/backends/own-wasm';
import { importSealed } from '../release/sealed';
import { type InWords, say } from '../words/say';
import { realAdapter, requestAdapter } from './adapter';
import { hasRelaxedSimd, hasSimd, loadOwnKernels, loadWasmFiles, threadCount, whyOneThread } from './wasm-files';

/**
 * `auto`: our own WASM kernels, which a real graphics card may beat once the first answer is out (`rival.ts`); in a browser that cannot run
 * them WebGPU on a real adapter, tfjs's WASM, CPU. A backend by name: that one or an error.
 */
export type BackendChoice = Backend | 'auto';

/** A backend that has been started. */
export interface Started {
  readonly backend: Backend;
  /** What it is, for a person: `WebAssembly with 2 threads`. */
  readonly what: string;
  /** Why the graphics device is gone, or null while it is there. */
  readonly lost: () => string | null;
  /** Whether a graphics card may show that it is faster. */
  readonly challenged?: boolean;
}

/** Whatever was set up on a backend, and one sentence for the page: which backend, and why that one. */
export interface Chosen<T> {
  readonly started: Started;
  readonly reason: InWords;
  readonly result: T;
}

/** The words for a person. */
const NAMES: Record<Backend, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

/** The code of all but our own kernels, which run first: fetched when it is needed and compared with the build's. */
const CODE = {
  webgpu: () => importSealed('webgpu', () => import('../network/backends/webgpu')),
  wasm: () => importSealed('wasm', () => import('../network/backends/wasm')),
  cpu: () => importSealed('cpu', () => import('../network/backends/cpu')),
};

/** A backend on a graphics card, to be ended where another one turns out to be faster. */
export interface Card extends Started {
  readonly end: () => void;
}

const NO_ADAPTER = 'this browser offers no graphics adapter';
const SOFTWARE = 'the only graphics adapter is a slow software one';

/** Why WebGPU is not even tried, or null where there is a real adapter. */
async function whyNoCard(): Promise<string | null> {
  const adapter = await requestAdapter();
  if (!adapter) return NO_ADAPTER;
  return realAdapter(adapter) ? null : SOFTWARE;
}

/** WebGPU on a real adapter; null where there is none. */
export async function startCard(): Promise<Card | null> {
  const adapter = await requestAdapter();
  return adapter && realAdapter(adapter) ? startOn(adapter) : null;
}

async function startOn(adapter: GPUAdapter): Promise<Card> {
  const { startWebGpu } = await CODE.webgpu();
  let lost: string | null = null;
  const device = await startWebGpu(adapter, !realAdapter(adapter), (message) => {
    lost = message || 'device lost';
  });
  const { description, vendor, architecture } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'without a name';
  const what = `WebGPU on the ${realAdapter(adapter) ? '' : 'software '}adapter ${name}`;
  return { backend: 'webgpu', what, lost: () => lost, end: () => device.destroy() };
}

const STARTERS: Record<Backend, (byName: boolean) => Promise<Started>> = {
  async webgpu(byName) {
    const adapter = await requestAdapter();
    if (!adapter) throw unavailable('webgpu', NO_ADAPTER);
    if (!byName && !realAdapter(adapter)) throw unavailable('webgpu', SOFTWARE);
    return startOn(adapter);
  },

  async wasm(byName) {
    if (!hasSimd()) throw unavailable('wasm', 'this browser lacks WebAssembly SIMD');
    if (hasRelaxedSimd()) {
      await startOwnWasm(await loadOwnKernels());
      return { backend: 'wasm', what: 'WebAssembly', lost: () => null, challenged: !byName };
    }
    const { startWasm } = await CODE.wasm();
    const threads = await startWasm(await loadWasmFiles(), threadCount());
    const what = `WebAssembly with ${threads > 1 ? `${threads} threads` : `one thread (${whyOneThread()})`}`;
    return { backend: 'wasm', what, lost: () => null };
  },

  async cpu() {
    const { startCpu } = await CODE.cpu();
    await startCpu();
    return { backend: 'cpu', what: 'plain JavaScript', lost: () => null };
  },
};

/** What a backend needs, fetched so that starting it later asks the network for nothing. */
const FETCHERS: Record<Backend, () => Promise<unknown>> = {
  webgpu: async () => (await whyNoCard()) === null && CODE.webgpu(),
  wasm: async () => hasSimd() && Promise.all([CODE.wasm(), loadWasmFiles()]),
  cpu: CODE.cpu,
};

/** Fetches what would be fallen back to from a backend. */
export async function fetchFallbacks(backend: Backend): Promise<void> {
  const order = orderOf();
  await Promise.all(order.slice(order.indexOf(backend) + 1).map((fallback) => FETCHERS[fallback]()));
}

/** In which `auto` tries them. */
const orderOf = (): readonly Backend[] => (hasRelaxedSimd() ? ['wasm', 'webgpu', 'cpu'] : ['webgpu', 'wasm', 'cpu']);

/**
 * Starts a backend and sets something up on it.
 *
 * `auto` goes on to the next backend when starting or setting up fails. It never takes a software WebGPU adapter, which is
 * some eighty times slower than WASM; choosing `webgpu` by name does.
 *
 * @throws EcgError BACKEND_UNAVAILABLE when the one chosen by name, or every one, fails here
 */
export async function chooseBackend<T>(
  choice: BackendChoice,
  setUp: (started: Started) => Promise<T>,
): Promise<Chosen<T>> {
  if (choice !== 'auto') {
    if (!(choice in STARTERS)) throw unavailable(choice, 'this page has no such backend');
    try {
      const started = await STARTERS[choice](true);
      return { started, reason: say('runsAsChosen', { on: started.what }), result: await setUp(started) };
    } catch (thrown) {
      throw thrown instanceof EcgError ? thrown : unavailable(choice, whyNot(thrown), thrown);
    }
  }
  const refusals: string[] = [];
  for (const backend of orderOf()) {
    try {
      const started = await STARTERS[backend](false);
      const [result, noCard] = await Promise.all([setUp(started), started.challenged ? whyNoCard() : null]);
      if (noCard !== null) refusals.push(`not on WebGPU: ${noCard}`);
      return { started, reason: say('runsOn', { on: started.what, refusals }), result };
    } catch (thrown) {
      // Whoever changed one file may have changed others: no other backend makes that good.
      if (thrown instanceof EcgError && thrown.code === 'NOT_AS_BUILT') throw thrown;
      refusals.push(`not on ${NAMES[backend]}: ${whyNot(thrown)}`);
    }
  }
  throw new EcgError('BACKEND_UNAVAILABLE', 'The network cannot run in this browser.', { found: refusals.join('; ') });
}

/** Work on a backend. A lost device makes tfjs throw an AbortError, which must not pass for the reader's own abort: it becomes EcgError WORKER_LOST. */
export async function explainLoss<T>({ backend, lost }: Started, work: () => Promise<T>): Promise<T> {
  try {
    if (lost() === null) return await work();
  } catch (thrown) {
    // The work fails a moment before the browser says that the device is gone.
    if (backend === 'webgpu') await new Promise((resolve) => setTimeout(resolve, 100));
    if (lost() === null) throw thrown;
  }
  const found = lost() ?? '';
  throw new EcgError('WORKER_LOST', 'The graphics card stopped answering; the network must start again.', { found });
}

export function whyNot(thrown: unknown): string {
  if (thrown instanceof EcgError) return thrown.detail.found ?? thrown.message;
  return `it failed to start (${thrown instanceof Error ? thrown.message : String(thrown)})`;
}

function unavailable(backend: Backend, why: string, cause?: unknown): EcgError {
  return new EcgError(
    'BACKEND_UNAVAILABLE',
    `${NAMES[backend] ?? backend} cannot run here: ${why}.`,
    { found: why },
    { cause },
  );
}
