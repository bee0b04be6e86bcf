import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { getKernel, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { type KernelAttributes, OWN_KERNELS, type OwnKernel } from '.';

/** What `assembly/kernels.ts` exports: addresses in bytes, counts. */
interface Exports {
  pack(from: number, to: number, gate: number, depth: number, width: number): void;
  multiply(
    a: number,
    step: number,
    panels: number,
    bias: number,
    out: number,
    rows: number,
    depth: number,
    width: number,
    swish: number,
    residual: number,
  ): void;
  depthwise(
    x: number,
    w: number,
    bias: number,
    out: number,
    steps: number,
    channels: number,
    kernel: number,
    stride: number,
    swish: number,
  ): void;
  squeezeExcite(
    x: number,
    k1: number,
    b1: number,
    k2: number,
    b2: number,
    gate: number,
    scratch: number,
    steps: number,
    channels: number,
    squeezed: number,
  ): void;
}

type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

/** [B, 1, T, C] */
type Sequence = readonly [batch: number, height: number, steps: number, channels: number];

const BYTES = 4;

/**
 * Registers our kernels for tfjs's WASM backend, on whose memory they work: nothing is copied.
 *
 * @param binary `kernels.wasm`; needs relaxed SIMD
 * @param memory the backend's own
 */
export async function registerWasmKernels(
  backend: BackendWasm,
  memory: WebAssembly.Memory,
  binary: ArrayBuffer,
): Promise<void> {
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  const wasm = instance.exports as unknown as Exports;
  const { fresh, at, scratch } = allocator(backend);

  const kernels: Record<OwnKernel, (inputs: Inputs, attributes: KernelAttributes) => TensorInfo> = {
    EcgPointwise({ x, kernel, bias, gate, residual }, { swish }) {
      const [batch, , steps, depth] = sequence(x);
      const width = last(kernel);
      const out = fresh([batch, 1, steps, width]);
      scratch(depth * width, (panels) => {
        // Without a gate the whole batch is one product.
        const parts = gate ? batch : 1;
        const rows = (batch * steps) / parts;
        for (let part = 0; part < parts; part++) {
          if (part === 0 || gate)
            wasm.pack(at(kernel), panels, gate ? at(gate) + part * depth * BYTES : 0, depth, width);
          const from = at(x) + part * rows * depth * BYTES;
          const to = part * rows * width * BYTES;
          const added = residual ? at(residual) + to : 0;
          wasm.multiply(from, depth * BYTES, panels, at(bias), at(out) + to, rows, depth, width, Number(swish), added);
        }
      });
      return out;
    },

    EcgConvolution({ x, kernel, bias }, { stride, swish }) {
      const [batch, , steps, channels] = sequence(x);
      const [, taps = 1] = kernel?.shape ?? [];
      const width = last(kernel);
      const count = Math.ceil(steps / stride);
      const side = ((taps - 1) / 2) * channels;
      const depth = taps * channels;
      const own = bias?.shape.length === 2;
      const out = fresh([batch, 1, count, width]);
      scratch(depth * width, (panels) => {
        wasm.pack(at(kernel), panels, 0, depth, width);
        scratch(steps * channels + 2 * side, (padded) => {
          const room = new Float32Array(memory.buffer, padded, steps * channels + 2 * side);
          room.fill(0, 0, side);
          room.fill(0, side + steps * channels);
          for (let b = 0; b < batch; b++) {
            room.set(new Float32Array(memory.buffer, at(x) + b * steps * channels * BYTES, steps * channels), side);
            const added = at(bias) + (own ? b * width * BYTES : 0);
            const to = at(out) + b * count * width * BYTES;
            wasm.multiply(padded, stride * channels * BYTES, panels, added, to, count, depth, width, Number(swish), 0);
          }
        });
      });
      return out;
    },

    EcgDepthwise({ x, kernel, bias }, { stride, swish }) {
      const [batch, , steps, channels] = sequence(x);
      const [, taps = 1] = kernel?.shape ?? [];
      const count = Math.ceil(steps / stride);
      const out = fresh([batch, 1, count, channels]);
      for (let b = 0; b < batch; b++) {
        const from = at(x) + b * steps * channels * BYTES;
        const to = at(out) + b * count * channels * BYTES;
        wasm.depthwise(from, at(kernel), at(bias), to, steps, channels, taps, stride, Number(swish));
      }
      return out;
    },

    EcgSqueezeExcite({ x, squeeze, squeezeBias, excite, exciteBias }) {
      const [batch, , steps, channels] = sequence(x);
      const squeezed = last(squeeze);
      const out = fresh([batch, channels]);
      scratch(channels + squeezed, (room) => {
        for (let b = 0; b < batch; b++) {
          const from = at(x) + b * steps * channels * BYTES;
          const to = at(out) + b * channels * BYTES;
          const weights = [at(squeeze), at(squeezeBias), at(excite), at(exciteBias)] as const;
          wasm.squeezeExcite(from, ...weights, to, room, steps, channels, squeezed);
        }
      });
      return out;
    },
  };

  for (const kernelName of OWN_KERNELS) {
    registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) => kernels[kernelName](inputs as Inputs, attrs as unknown as KernelAttributes),
    });
  }
}

/** Takes them out again: before a backend whose memory they do not share. */
export function unregisterWasmKernels(): void {
  for (const kernelName of OWN_KERNELS) if (getKernel(kernelName, 'wasm')) unregisterKernel(kernelName, 'wasm');
}

/** Tensors and addresses in the backend's memory. */
function allocator(backend: BackendWasm) {
  const at = (tensor: TensorInfo | undefined): number => {
    if (!tensor) throw new Error('A kernel was not given all its tensors.');
    return backend.dataIdMap.get(tensor.dataId).memoryOffset;
  };
  const fresh = (shape: number[]) => backend.makeOutput(shape, 'float32');
  const scratch = (numbers: number, use: (address: number) => void) => {
    const room = fresh([numbers]);
    use(at(room));
    backend.disposeData(room.dataId);
  };
  return { at, fresh, scratch };
}

function sequence(tensor: TensorInfo | undefined): Sequence {
  const [batch = 0, height = 0, steps = 0, channels = 0] = tensor?.shape ?? [];
  return [batch, height, steps, channels];
}

const last = (tensor: TensorInfo | undefined) => tensor?.shape.at(-1) ?? 0;
