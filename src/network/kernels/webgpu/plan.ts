import { gridOf } from '../wgsl/program';
import type { Draft, Step } from './compile';
import type { Memory } from './memory';
import type { Pipelines } from './pipelines';
import { ALIGNMENT, aligned, type Piece, type Slab } from './slabs';

/** Numbers on the device. */
export interface Place {
  readonly buffer: GPUBuffer;
  /** In bytes. */
  readonly at: number;
  readonly shape: readonly number[];
}

/** A draft on a device: buffers, bind groups and pipelines made once, replayed for every ECG of its length. */
export interface Plan {
  readonly inputs: ReadonlyMap<string, Place>;
  readonly outputs: readonly Place[];
  /** What was compiled, for the bench. */
  readonly steps: readonly Step[];
  /** The numbers of all inputs that are given from outside, at once. */
  upload(numbers: ReadonlyMap<string, Float32Array>): void;
  /** Its dispatches, in one pass. */
  record(encoder: GPUCommandEncoder, timing?: (step: number) => GPUComputePassTimestampWrites): void;
  dispose(): void;
}

export function createPlan(
  device: GPUDevice,
  memory: Memory,
  pipelines: Pipelines,
  draft: Draft,
  weights: readonly [Slab, GPUBuffer],
): Plan {
  const { STORAGE, COPY_DST, COPY_SRC, UNIFORM } = GPUBufferUsage;
  const buffers = new Map<Slab, GPUBuffer>([weights]);
  const own: GPUBuffer[] = [];
  for (const slab of draft.slabs) {
    const buffer = memory.take(slab.bytes, STORAGE | COPY_DST | COPY_SRC);
    buffers.set(slab, buffer);
    own.push(buffer);
  }
  const placeOf = ({ slab, at, shape }: Piece): Place => {
    const buffer = buffers.get(slab);
    if (!buffer) throw new Error('A value without memory.');
    return { buffer, at, shape };
  };

  const uniforms = uniformsOf(device, memory, draft.steps, UNIFORM | COPY_DST);
  own.push(uniforms.buffer);
  const recorded = draft.steps.map(({ dispatch, result, sums }, i) => {
    const pipeline = pipelines.of(dispatch);
    const bound = [result, ...dispatch.reads.map(([, piece]) => piece)].map((piece) => bindingOf(placeOf(piece)));
    const all = [...bound, uniforms.at(i), ...(sums ? [bindingOf(placeOf(sums))] : [])];
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: all.map((resource, binding) => ({ binding, resource })),
    });
    return { pipeline, group, grid: gridOf(dispatch.workgroups) };
  });

  const given = placeOf({ slab: draft.given, at: 0, shape: [] }).buffer;
  const upload = new Float32Array(draft.given.bytes / 4);
  return {
    inputs: new Map([...draft.inputs].map(([name, piece]) => [name, placeOf(piece)])),
    outputs: draft.outputs.map(placeOf),
    steps: draft.steps,
    upload(numbers) {
      for (const [name, values] of numbers) upload.set(values, (draft.inputs.get(name)?.at ?? 0) / 4);
      device.queue.writeBuffer(given, 0, upload);
    },
    record(encoder, timing) {
      let pass = timing ? null : encoder.beginComputePass();
      let set: GPUComputePipeline | null = null;
      for (const [i, { pipeline, group, grid }] of recorded.entries()) {
        if (timing) {
          pass = encoder.beginComputePass({ timestampWrites: timing(i) });
          set = null;
        }
        if (pipeline !== set) pass?.setPipeline(pipeline);
        set = pipeline;
        pass?.setBindGroup(0, group);
        pass?.dispatchWorkgroups(...grid);
        if (timing) pass?.end();
      }
      if (!timing) pass?.end();
    },
    dispose() {
      for (const buffer of own) memory.destroy(buffer);
    },
  };
}

const bindingOf = ({ buffer, at, shape }: Place): GPUBufferBinding => ({
  buffer,
  offset: at,
  size: Math.max(16, 4 * shape.reduce((product, side) => product * side, 1)),
});

/** The integers of all dispatches in one buffer, written once. */
function uniformsOf(device: GPUDevice, memory: Memory, steps: readonly Step[], usage: GPUBufferUsageFlags) {
  const stride = aligned(Math.max(...steps.map(({ dispatch }) => 4 * Object.keys(dispatch.uniforms).length)));
  const numbers = new Int32Array((steps.length * stride) / 4);
  for (const [i, { dispatch }] of steps.entries()) {
    numbers.set(Object.values(dispatch.uniforms), (i * stride) / 4);
  }
  const buffer = memory.take(numbers.byteLength, usage);
  device.queue.writeBuffer(buffer, 0, numbers);
  return { buffer, at: (i: number): GPUBufferBinding => ({ buffer, offset: i * stride, size: ALIGNMENT }) };
}
