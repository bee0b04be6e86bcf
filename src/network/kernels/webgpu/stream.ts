import type { Memory } from './memory';

/** Work for the device, put into one command buffer until somebody reads what it leaves. */
export interface Stream {
  /** To record into. What is recorded may be known by whose it is. */
  encoder(owner?: object): GPUCommandEncoder;
  /** Changes what the owner reads on the device: after all that was recorded of it. */
  before(owner: object, change: () => void): void;
  /** Frees what may still be used by what is recorded: after it has been submitted. */
  after(free: () => void): void;
  /** Submits all that is recorded, then gives the first bytes of a buffer: one readback. */
  read(buffer: GPUBuffer, bytes: number): Promise<Float32Array<ArrayBuffer>>;
}

export function createStream(device: GPUDevice, memory: Memory): Stream {
  let recording: GPUCommandEncoder | null = null;
  const owners = new Set<object>();
  const freed: (() => void)[] = [];

  const encoder = (owner?: object) => {
    if (owner) owners.add(owner);
    recording ??= device.createCommandEncoder();
    return recording;
  };

  function submit(): void {
    if (recording) device.queue.submit([recording.finish()]);
    recording = null;
    owners.clear();
    for (const free of freed.splice(0)) free();
  }

  return {
    encoder,
    before(owner, change) {
      if (owners.has(owner)) submit();
      change();
    },
    after(free) {
      if (recording) freed.push(free);
      else free();
    },
    async read(buffer, bytes) {
      const staging = memory.take(bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
      try {
        encoder().copyBufferToBuffer(buffer, 0, staging, 0, bytes);
        submit();
        await staging.mapAsync(GPUMapMode.READ);
        const numbers = new Float32Array(staging.getMappedRange().slice(0));
        staging.unmap();
        return numbers;
      } finally {
        memory.release(staging);
      }
    },
  };
}
