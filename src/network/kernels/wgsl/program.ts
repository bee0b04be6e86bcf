import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** One dispatch: tfjs's program, the tensors that it reads in the order of its variables, and its uniforms (32-bit integers) in theirs. */
export interface Dispatch {
  readonly program: WebGPUProgram;
  readonly inputs: readonly TensorInfo[];
  readonly uniforms: readonly number[];
}

interface Source {
  /** Names the code: programs of one key share a compiled pipeline. */
  readonly key: string;
  readonly outputShape: readonly number[];
  /** Variables of the code with their tensors, and how many numbers one element of each has. */
  readonly variables: readonly (readonly [name: string, tensor: TensorInfo, components: 1 | 4])[];
  readonly uniforms: Readonly<Record<string, number>>;
  readonly workgroups: number;
  readonly workgroupSize: number;
  /** WGSL after tfjs's own header, which declares the variables, `uniforms` and `result` (vec4). */
  readonly code: string;
}

/** `x · sigmoid(x)` of a vec4, or `x` as it is. */
export const activated = (x: string, swish: boolean) => (swish ? `(${x} / (1.0 + exp(-${x})))` : x);

/** The shape [B, 1, T, C] of a sequence. */
export function sizes({ shape }: TensorInfo) {
  const [batch = 0, , steps = 0, channels = 0] = shape;
  return { batch, steps, channels };
}

export const THREADS = 64;

export function dispatchOf(source: Source): Dispatch {
  const { key, outputShape, variables, uniforms, workgroups, workgroupSize, code } = source;
  const program: WebGPUProgram = {
    shaderKey: key,
    outputShape: [...outputShape],
    outputComponent: 4,
    variableNames: variables.map(([name]) => name),
    variableComponents: variables.map(([, , components]) => components),
    uniforms: Object.keys(uniforms)
      .map((name) => `${name} : i32,`)
      .join(' '),
    workgroupSize: [workgroupSize, 1, 1],
    dispatchLayout: { x: outputShape.map((_, i) => i) },
    dispatch: [workgroups, 1, 1],
    getUserCode: () => code,
  };
  return { program, inputs: variables.map(([, tensor]) => tensor), uniforms: Object.values(uniforms) };
}
