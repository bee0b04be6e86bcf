import { memory } from '@tensorflow/tfjs-core';
import { startWebGpu } from '../../src/network/backends/webgpu';
import { createExecutor } from '../../src/network/executor';
import type { Operation } from '../../src/network/graph';
import { CASE_NAMES, differenceFromReference } from '../../src/network/testing/cases';

/** The greatest difference from the plain loops that each kind of operation shows on WebGPU, and where, and what plans hold; or what went wrong. */
export type Report =
  | { readonly found: Readonly<Record<string, { worst: number; where: string }>>; readonly bytes: readonly number[] }
  | { readonly error: string };

/** Inputs of as many numbers: their plans hold as many bytes. */
const SHAPES = [[1, 24], [2, 12], [3, 8], [4, 6], [6, 4], [8, 3], [12, 2]] as const; // biome-ignore format: one line

/** Bytes that tfjs counts on the device after each plan that is recorded, and after the last executor's end. */
async function bytesOfPlans(): Promise<number[]> {
  const bytes = () => (memory() as unknown as { numBytesAllocatedInGPU: number }).numBytesAllocatedInGPU;
  const affine = { kernel: { name: 'w', shape: [1, 4, 8] }, bias: { name: 'b', shape: [8] } };
  const io = { input: 'x', output: 'y', activation: 'swish', gate: null, residual: null } as const;
  const operations: Operation[] = [{ kind: 'pointwise', ...io, ...affine }];
  const weights = new Map([['w', new Float32Array(32).fill(0.5)], ['b', new Float32Array(8)]]); // biome-ignore format: one line
  const before = bytes();
  const executor = createExecutor(operations, weights);
  const after: number[] = [];
  for (const [batch, steps] of SHAPES) {
    const x = { shape: [batch, 1, steps, 4], numbers: new Float32Array(96).fill(1) };
    const [y] = executor.run(operations, new Map([['x', x]]), ['y']);
    await y?.data();
    y?.dispose();
    after.push(bytes() - before);
  }
  executor.dispose();
  return [...after, bytes() - before];
}

async function report(shapes: number): Promise<Report> {
  const found: Record<string, { worst: number; where: string }> = {};
  for (const isSoftware of [true, false]) {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error('This browser offers no adapter.');
    await startWebGpu(adapter, isSoftware, () => {});
    for (const kind of CASE_NAMES) {
      let most = { worst: 0, where: '' };
      for (let i = 0; i < shapes; i++) {
        const { worst, operations } = await differenceFromReference(kind, 4);
        if (!(worst <= most.worst)) most = { worst, where: JSON.stringify(operations) };
      }
      found[`${kind}, cut for ${isSoftware ? 'software' : 'a GPU'}`] = most;
    }
  }
  return { found, bytes: await bytesOfPlans() };
}

const shapes = Number(new URL(location.href).searchParams.get('shapes'));
const done = await report(shapes).catch((thrown) => ({ error: String(thrown) }));
Object.assign(window, { report: done });
