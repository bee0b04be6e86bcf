import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import { loadModel } from '../../src/inference';
import { realAdapter } from '../../src/inference/adapter';
import { buildGraph } from '../../src/network/build';
import type { Operation } from '../../src/network/graph';
import { draft, placeWeights, type Step } from '../../src/network/kernels/webgpu/compile';
import { memoryOf } from '../../src/network/kernels/webgpu/memory';
import { createPipelines } from '../../src/network/kernels/webgpu/pipelines';
import { createPlan } from '../../src/network/kernels/webgpu/plan';
import { countOf, FOR_GPU, FOR_SOFTWARE, type Sized } from '../../src/network/kernels/wgsl/program';
import { operationWeights } from '../../src/network/weights';
import { median } from '../median';
import { ceilingsOf } from './ceilings';
import { networkInput } from './network-input';

/** One dispatch of one inference. */
export interface Timed {
  readonly kernel: string;
  /** Shape of what it leaves. */
  readonly shape: string;
  readonly workgroups: number;
  /** Median over the runs, on the device. */
  readonly us: number;
  /** What its inputs and outputs hold, each counted once. */
  readonly bytes: number;
  /** Two for each product that is summed. */
  readonly operations: number;
}

export interface Dispatches {
  readonly adapter: string;
  /** What the adapter does at most: copying, and multiplying and adding in registers, of the same 64 threads a workgroup. */
  readonly ceilings: { readonly bytesPerSecond: number; readonly operationsPerSecond: number };
  readonly timed: readonly Timed[];
}

/** Every dispatch of the encoder and of the fusion, in a pass of its own between two timestamps. */
async function dispatches(steps: number, runs: number): Promise<Dispatches> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter?.features.has('timestamp-query')) throw new Error('The adapter has no timestamps.');
  const device = await adapter.requestDevice({ requiredFeatures: ['timestamp-query'] });
  const backend = new WebGPUBackend(device, adapter.info);
  const { card, weights } = await loadModel(new URL('models', location.href).href, 'efficientecg');
  const leads = card.input.leads.length;
  const { encoder, fusion } = buildGraph(card.architecture, leads, card.labels.length);
  const all = [...encoder, ...fusion];
  const placed = placeWeights(all, weights);
  const { ecg, mask, age, sex, waves } = networkInput(card, steps);
  const given = new Map(Object.entries({ ecg, mask, age, sex, waves }));
  const shape = (name: string, { length }: Float32Array) => (name === 'ecg' ? [1, 1, steps, leads] : [1, length]);
  const asked = new Map([...given].map(([name, numbers]) => [name, { shape: shape(name, numbers), given: true }]));
  const drafted = draft(all, asked, ['logits'], placed, realAdapter(adapter) ? FOR_GPU : FOR_SOFTWARE);
  const memory = memoryOf(backend);
  const { STORAGE, COPY_DST } = GPUBufferUsage;
  const buffer = memory.take(placed.all.slab.bytes, STORAGE | COPY_DST);
  device.queue.writeBuffer(buffer, 0, placed.numbers);
  const plan = createPlan(device, memory, createPipelines(device), drafted, [placed.all.slab, buffer]);
  plan.upload(given);

  const count = plan.steps.length;
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 * count });
  const bytes = 16 * count;
  const resolved = device.createBuffer({ size: bytes, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const staging = device.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | COPY_DST });
  const us: number[][] = plan.steps.map(() => []);
  for (let run = 0; run <= runs; run++) {
    const commands = device.createCommandEncoder();
    plan.record(commands, (i) => ({
      querySet,
      beginningOfPassWriteIndex: 2 * i,
      endOfPassWriteIndex: 2 * i + 1,
    }));
    commands.resolveQuerySet(querySet, 0, 2 * count, resolved, 0);
    commands.copyBufferToBuffer(resolved, 0, staging, 0, bytes);
    device.queue.submit([commands.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
    staging.unmap();
    // The first run compiles.
    if (run > 0)
      us.forEach((own, i) => void own.push(Number((stamps[2 * i + 1] ?? 0n) - (stamps[2 * i] ?? 0n)) / 1000));
  }
  return {
    adapter: [adapter.info.vendor, adapter.info.architecture].join(' '),
    ceilings: await ceilingsOf(device),
    timed: plan.steps.map((step, i) => ({
      kernel: step.dispatch.key,
      shape: step.dispatch.output.join(' × '),
      workgroups: step.dispatch.workgroups,
      us: median(us[i] ?? []),
      bytes: bytesOf(step, all),
      operations: step.dispatch.operations,
    })),
  };
}

/** The attention is bound to all weights of the network and reads its own and its tokens'. */
function bytesOf({ dispatch, result, sums }: Step, all: readonly Operation[]): number {
  const asking = all
    .filter(({ kind }) => kind === 'crossAttention' || kind.endsWith('Token'))
    .flatMap(operationWeights);
  const read = dispatch.reads.flatMap(([name, piece]): readonly Sized[] => (name === 'weights' ? asking : [piece]));
  const held: readonly Sized[] = [result, ...(sums ? [sums] : []), ...read];
  return 4 * held.reduce((sum, { shape }) => sum + countOf(shape), 0);
}

Object.assign(window, { dispatches });
