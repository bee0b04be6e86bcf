const NUMBERS = 1 << 22;
const PRODUCTS = 1024;
const THREADS = 64;

const COPY = `
  @group(0) @binding(0) var<storage, read> x : array<vec4<f32>>;
  @group(0) @binding(1) var<storage, read_write> y : array<vec4<f32>>;
  @compute @workgroup_size(${THREADS})
  fn main(@builtin(global_invocation_id) id : vec3<u32>) { y[id.x] = x[id.x]; }`;

/** Eight sums that do not wait for one another. */
const MULTIPLY = `
  @group(0) @binding(0) var<storage, read> x : array<vec4<f32>>;
  @group(0) @binding(1) var<storage, read_write> y : array<vec4<f32>>;
  @compute @workgroup_size(${THREADS})
  fn main(@builtin(global_invocation_id) id : vec3<u32>) {
    let a = x[id.x];
    ${each((i) => `var s${i} = a + ${i}.0;`)}
    for (var n = 0; n < ${PRODUCTS / 8}; n++) { ${each((i) => `s${i} = fma(s${i}, a, a);`)} }
    y[id.x] = ${Array.from({ length: 8 }, (_, i) => `s${i}`).join(' + ')};
  }`;

function each(line: (i: number) => string): string {
  return Array.from({ length: 8 }, (_, i) => line(i)).join('\n');
}

/** What a device does at most, the best of twelve runs: bytes read and written by a copying kernel, and multiplications and additions in registers. */
export async function ceilingsOf(device: GPUDevice) {
  const bytes = 4 * NUMBERS;
  const usage = GPUBufferUsage.STORAGE;
  const [x, y] = [device.createBuffer({ size: bytes, usage }), device.createBuffer({ size: bytes, usage })];
  const copyS = await secondsOf(device, COPY, [x, y], NUMBERS / 4 / THREADS);
  const groups = 1024;
  const multiplyS = await secondsOf(device, MULTIPLY, [x, y], groups);
  x.destroy();
  y.destroy();
  return {
    bytesPerSecond: (2 * bytes) / copyS,
    operationsPerSecond: (2 * 4 * PRODUCTS * groups * THREADS) / multiplyS,
  };
}

async function secondsOf(device: GPUDevice, code: string, buffers: readonly GPUBuffer[], workgroups: number) {
  const module = device.createShaderModule({ code });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 });
  const resolved = device.createBuffer({ size: 16, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const staging = device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 12; run++) {
    const encoder = device.createCommandEncoder();
    const timestampWrites = { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
    const pass = encoder.beginComputePass({ timestampWrites });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(workgroups);
    pass.end();
    encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const [begun = 0n, done = 0n] = new BigUint64Array(staging.getMappedRange());
    least = Math.min(least, Number(done - begun) / 1e9);
    staging.unmap();
  }
  return least;
}
