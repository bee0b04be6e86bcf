import { startWebGpu } from '../../src/network/backends/webgpu';
import { CASE_NAMES, differenceFromReference } from '../../src/network/testing/cases';

/** The greatest difference from the plain loops that each kind of operation shows on WebGPU, and where; or what went wrong. */
export type Report = Readonly<Record<string, { worst: number; where: string }>> | { readonly error: string };

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
  return found;
}

const shapes = Number(new URL(location.href).searchParams.get('shapes'));
const done = await report(shapes).catch((thrown) => ({ error: String(thrown) }));
Object.assign(window, { report: done });
