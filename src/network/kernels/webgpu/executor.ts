import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { Asked, Executor, ExecutorFactory, Given, Value } from '../../executor';
import type { Operation } from '../../graph';
import { tfjsExecutor } from '../../tfjs-executor';
import { fitsVectors } from '../fits';
import { type Cut, countOf } from '../wgsl/program';
import { draft, placeWeights } from './compile';
import { memoryOf } from './memory';
import { createPipelines } from './pipelines';
import { createPlan, type Place, type Plan } from './plan';
import { aligned } from './slabs';
import { createStream } from './stream';

/** Plans that an executor keeps of each list of operations: an ECG of another length than the last few has its own recorded again. */
const KEPT = 4;

/** Numbers that a plan left behind: out of its memory, which the next run writes over. */
interface Kept extends Value {
  readonly buffer: GPUBuffer;
}

/**
 * Runs networks by plans of our own kernels on the device of tfjs's WebGPU backend; tfjs runs a network whose widths do not fit them.
 * Runs are put into one command buffer, which is submitted when something is read.
 *
 * @param cut how the kernels are cut for this device
 */
export function webgpuExecutors(backend: WebGPUBackend, cut: Cut): ExecutorFactory {
  const { device } = backend;
  const memory = memoryOf(backend);
  const pipelines = createPipelines(device);
  return (operations, weights): Executor => {
    if (!operations.every(fitsVectors)) return tfjsExecutor(operations, weights);
    const stream = createStream(device, memory);
    const placed = placeWeights(operations, weights);
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const weightBuffer = memory.take(placed.all.slab.bytes, STORAGE | COPY_DST);
    device.queue.writeBuffer(weightBuffer, 0, placed.numbers);
    const plans: { readonly list: readonly Operation[]; readonly key: string; readonly plan: Plan }[] = [];

    const planFor = (
      list: readonly Operation[],
      inputs: ReadonlyMap<string, Value | Given>,
      wanted: readonly string[],
    ) => {
      const asked = new Map<string, Asked>(
        [...inputs].map(([name, input]) => [name, { shape: input.shape, given: 'numbers' in input }]),
      );
      const key = JSON.stringify([...asked, wanted]);
      const known = plans.find((one) => one.list === list && one.key === key);
      if (known) return known.plan;
      const drafted = draft(list, asked, wanted, placed, cut);
      const plan = createPlan(device, memory, pipelines, drafted, [placed.all.slab, weightBuffer]);
      plans.push({ list, key, plan });
      const [oldest, ...others] = plans.filter((one) => one.list === list);
      if (oldest && others.length >= KEPT) {
        plans.splice(plans.indexOf(oldest), 1);
        stream.after(() => oldest.plan.dispose());
      }
      return plan;
    };

    const keep = (
      encoder: GPUCommandEncoder,
      parts: readonly Omit<Place, 'shape'>[],
      bytes: readonly number[],
      shape: readonly number[],
    ): Kept => {
      const buffer = memory.take(aligned(4 * countOf(shape)), COPY_DST | COPY_SRC);
      let at = 0;
      for (const [i, part] of parts.entries()) {
        encoder.copyBufferToBuffer(part.buffer, part.at, buffer, at, bytes[i] ?? 0);
        at += bytes[i] ?? 0;
      }
      return {
        buffer,
        shape,
        data: () => stream.read(buffer, 4 * countOf(shape)),
        dispose: () => stream.after(() => memory.release(buffer)),
      };
    };

    return {
      async prepare(list, asked, wanted) {
        const { steps } = draft(list, asked, wanted, placed, cut);
        await pipelines.prepare(steps.map(({ dispatch }) => dispatch));
      },
      run(list, inputs, wanted) {
        const plan = planFor(list, inputs, wanted);
        const given = [...inputs].flatMap(([name, input]) =>
          'numbers' in input ? [[name, input.numbers] as const] : [],
        );
        // What was recorded of this plan must have read its inputs before they are written over.
        if (given.length > 0) stream.before(plan, () => plan.upload(new Map(given)));
        const encoder = stream.encoder(plan);
        for (const [name, input] of inputs) {
          const to = plan.inputs.get(name);
          if ('numbers' in input || !to) continue;
          encoder.copyBufferToBuffer(keptOf(input).buffer, 0, to.buffer, to.at, 4 * countOf(input.shape));
        }
        plan.record(encoder);
        return plan.outputs.map((place) => keep(encoder, [place], [4 * countOf(place.shape)], place.shape));
      },
      join(parts) {
        const [, ...rest] = parts[0]?.shape ?? [];
        const batch = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
        const pieces = parts.map((part) => ({ buffer: keptOf(part).buffer, at: 0 }));
        return keep(
          stream.encoder(),
          pieces,
          parts.map(({ shape }) => 4 * countOf(shape)),
          [batch, ...rest],
        );
      },
      dispose() {
        stream.after(() => {
          for (const { plan } of plans.splice(0)) plan.dispose();
          memory.destroy(weightBuffer);
        });
      },
    };
  };
}

function keptOf(value: Value | Given): Kept {
  if (!('buffer' in value)) throw new Error('A value of another executor.');
  return value as Kept;
}
