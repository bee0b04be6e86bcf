import { backend, engine } from '@tensorflow/tfjs-core';
import {
  type BackendChoice,
  createDelineator,
  createSession,
  fasterOf,
  loadDelineator,
  loadModel,
  type Model,
  type Session,
} from '../../src/inference';
import { GOLDEN_VECTORS, type GoldenVector, greatestDifference } from '../../src/inference/golden-vectors';

/** What one backend in a real browser makes of the golden vectors. */
export interface Report {
  readonly backend: string;
  readonly reason: string;
  /** Greatest differences from PyTorch over all vectors. */
  readonly pooled: number;
  readonly logits: number;
  /** Left behind by repeated analyses. */
  readonly tensors: number;
  readonly bytes: number;
  /** Milliseconds: until the session was up, and the median of the warm runs, front end included. */
  readonly startMs: number;
  readonly warmMs: number;
  readonly isolated: boolean;
  /** What an analysis ends with once the graphics device is gone; null on other backends. */
  readonly afterLoss: string | null;
  /** Where the networks go on, and why, when WASM is as fast as it is and when it is slow; null where the software adapter does not pretend to be a card. */
  readonly rivals: readonly string[] | null;
}

interface Asked {
  readonly choice: BackendChoice;
  readonly runs: number;
  readonly lengthS: number;
  /** The software adapter says that it is a card, which is tried behind WASM. */
  readonly pretends: boolean;
}

async function report(models: string, { choice, runs, lengthS, pretends }: Asked): Promise<Report> {
  const started = performance.now();
  const model = await loadModel(models, 'efficientecg');
  const begun = await createSession(model, choice);
  const startMs = performance.now() - started;
  const moved = pretends ? await moves(models, model, begun) : null;
  const session = moved?.session ?? begun;
  let pooled = 0;
  let logits = 0;

  async function analyse({ ecg, lengthS, ageYears, sex, expected }: GoldenVector): Promise<void> {
    const encoded = await session.encode({ durationS: lengthS, read: async () => ecg });
    if (encoded.kind === 'notAssessed') throw new Error(encoded.reason);
    const scores = await session.fuse(encoded, { ageYears, sex }, expected.measured);
    pooled = Math.max(pooled, greatestDifference(await encoded.features.pooled.data(), expected.pooled));
    logits = Math.max(logits, greatestDifference(scores.logits, expected.logits));
    encoded.dispose();
  }

  for (const vector of GOLDEN_VECTORS) await analyse(vector);
  const repeated = GOLDEN_VECTORS.find((vector) => vector.lengthS === lengthS);
  if (!repeated) throw new Error(`No golden vector of ${lengthS} s.`);
  const before = held();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const begun = performance.now();
    await analyse(repeated);
    times.push(performance.now() - begun);
  }
  const after = held();
  const device = choice === 'webgpu' ? (backend() as unknown as { device: GPUDevice }).device : null;
  device?.destroy();
  const afterLoss = device && (await analyse(repeated).catch(({ code }) => code));
  return {
    backend: session.backend,
    reason: session.reason,
    pooled,
    logits,
    tensors: after.numTensors - before.numTensors,
    bytes: after.numBytes - before.numBytes,
    startMs,
    warmMs: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
    isolated: crossOriginIsolated,
    afterLoss,
    rivals: moved?.rivals ?? null,
  };
}

/** The classifier and the delineator, tried on the card; then again beside a WASM that takes its time. */
async function moves(models: string, model: Model, session: Session) {
  const waves = await loadDelineator(models, 'delineator');
  const home = { session, delineator: await createDelineator(waves, session.started) };
  const slow = { ...session, tryOut: async () => ({ ...(await session.tryOut()), ms: 1e6 }) };
  const stayed = await fasterOf(model, waves, home);
  const moved = await fasterOf(model, waves, { ...home, session: slow });
  const rivals = [stayed, moved].map(({ session: { backend, reason } }) => `${backend}: ${reason}`);
  return { session: moved.session, rivals };
}

function pretendToBeACard(): void {
  Object.defineProperties(GPUAdapterInfo.prototype, {
    isFallbackAdapter: { get: () => false },
    architecture: { get: () => 'pretended' },
  });
}

/** What tfjs holds; it has no backend where our own WASM kernels run. */
function held() {
  const { numTensors, numBytes } = engine().state;
  return { numTensors, numBytes };
}

/** As in a browser that has no relaxed SIMD: a module with its multiply-add is not valid. */
function withoutRelaxedSimd(): void {
  const { validate } = WebAssembly;
  WebAssembly.validate = (module) =>
    !new Uint8Array(module as ArrayBuffer).join().includes('253,133,2') && validate(module);
}

self.onmessage = async ({ data }) => {
  const query = new URL(data).searchParams;
  const cores = query.get('cores');
  if (cores) Object.defineProperty(navigator, 'hardwareConcurrency', { value: Number(cores) });
  if (query.has('norelaxed')) withoutRelaxedSimd();
  try {
    const pretends = query.has('card');
    if (pretends) pretendToBeACard();
    const choice = query.get('backend') as BackendChoice;
    const asked = { choice, runs: Number(query.get('runs')), lengthS: Number(query.get('seconds') ?? 10), pretends };
    self.postMessage(await report(new URL('models', data).href, asked));
  } catch (thrown) {
    self.postMessage({ error: String(thrown) });
  }
};
