/** What a kernel reads: a tfjs tensor, or a piece of a plan's memory. */
export interface Sized {
  readonly shape: readonly number[];
}

/** A variable of a kernel's code, what it stands for, and how many numbers one of its elements has. */
export type Read<T extends Sized> = readonly [name: string, from: T, components: 1 | 4];

/**
 * One dispatch of one kernel, for tfjs or for a plan to run.
 *
 * Its code has a function `main(index)`, called for each thread with its number, and finds its variables, `uniforms`, `result`,
 * `localIndex` and `workgroupId` declared. The numbers of `uniforms` differ between lengths; all else is in the code, so that
 * dispatches of one key share a pipeline.
 */
export interface Dispatch<T extends Sized> {
  readonly key: string;
  readonly code: string;
  readonly reads: readonly Read<T>[];
  /** The shape of `result`, and how many numbers one of its elements has. */
  readonly output: readonly number[];
  readonly outputComponents: 1 | 4;
  /** The shape of a second result, `sums` (of vec4), where there is one: tfjs knows but one. */
  readonly sums: readonly number[] | null;
  readonly uniforms: Readonly<Record<string, number>>;
  readonly workgroups: number;
  readonly workgroupSize: number;
  /** Multiplications and additions that the formula asks for, two for each product that is summed: for the bench. */
  readonly operations: number;
}

export const THREADS = 64;

/** How kernels are cut for a device. */
export interface Cut {
  /** Steps of time and vectors of four channels that a thread computes: more of them load less often, fewer make more threads. */
  readonly rows: number;
  readonly quads: number;
  /** Threads of a workgroup that waits for all of its own. */
  readonly lanes: number;
}

/** A graphics card has thousands of threads to feed. */
export const FOR_GPU: Cut = { rows: 4, quads: 1, lanes: 128 };

/** A software adapter has a handful: large tiles, and few threads where each wait costs a switch (measured with bench/dispatches.ts). */
export const FOR_SOFTWARE: Cut = { rows: 8, quads: 2, lanes: 16 };

/** Code for 0, 1, 2 … */
export const each = (count: number, code: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => code(i)).join('\n');

/** `x · sigmoid(x)`, or `x` as it is. */
export const activated = (x: string, swish: boolean) => (swish ? `(${x} / (1.0 + exp(-${x})))` : x);

/** The shape [B, 1, T, C] of a sequence. */
export function sizes({ shape }: Sized) {
  const [batch = 0, , steps = 0, channels = 0] = shape;
  return { batch, steps, channels };
}

/** How many numbers a shape has. */
export const countOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** WebGPU's least limit of workgroups in one dimension: beyond it, rows of so many. */
const LONGEST_ROW = 65_535;

export function gridOf(workgroups: number): [number, number] {
  return [Math.min(workgroups, LONGEST_ROW), Math.ceil(workgroups / LONGEST_ROW)];
}

const elements = (components: 1 | 4) => `array<${components === 4 ? 'vec4<f32>' : 'f32'}>`;

/** The whole shader of a dispatch: `result` is binding 0, then come the variables, `uniforms` and `sums`. */
export function shaderOf({ reads, outputComponents, sums, uniforms, workgroupSize, code }: Dispatch<Sized>): string {
  const variables = reads.map(([name, , components]) => `var<storage, read> ${name} : ${elements(components)};`);
  const bindings = [
    `var<storage, read_write> result : ${elements(outputComponents)};`,
    ...variables,
    'var<uniform> uniforms : Uniforms;',
    ...(sums ? [`var<storage, read_write> sums : ${elements(4)};`] : []),
  ];
  return `
    struct Uniforms { ${Object.keys(uniforms)
      .map((name) => `${name} : i32,`)
      .join(' ')} }
    ${bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding}`).join('\n')}
    var<private> localIndex : u32;
    var<private> workgroupId : vec3<u32>;
    ${code}
    @compute @workgroup_size(${workgroupSize})
    fn start(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>,
             @builtin(num_workgroups) groups : vec3<u32>) {
      localIndex = local;
      workgroupId = group;
      main(i32((group.y * groups.x + group.x) * ${workgroupSize} + local));
    }`;
}
