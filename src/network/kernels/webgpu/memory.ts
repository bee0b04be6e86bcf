import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';

/** The device's memory by tfjs's own buffer manager, so that `tf.memory()` counts what our plans hold too. */
export interface Memory {
  take(bytes: number, usage: GPUBufferUsageFlags): GPUBuffer;
  /** To be taken again for the same size and usage. */
  release(buffer: GPUBuffer): void;
  destroy(buffer: GPUBuffer): void;
}

export function memoryOf({ bufferManager }: WebGPUBackend): Memory {
  return {
    take: (bytes, usage) => bufferManager.acquireBuffer(bytes, usage),
    release: (buffer) => bufferManager.releaseBuffer(buffer),
    destroy: (buffer) => bufferManager.releaseBuffer(buffer, false),
  };
}
