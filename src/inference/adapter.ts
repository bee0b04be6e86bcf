/** Whether the browser knows WebGPU; that it has an adapter is another question. */
export function hasWebGpu(): boolean {
  return Boolean(globalThis.navigator?.gpu);
}

/** The fastest graphics adapter that the browser offers, or null: no WebGPU, an insecure origin, or blocked. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  if (!hasWebGpu()) return null;
  // Chrome on Windows warns about the option and takes the default; elsewhere it prefers the discrete GPU.
  return navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
}

/** False for an adapter that computes on the CPU: older browsers said so on the adapter, newer ones in its `info`. */
export function realAdapter(adapter: GPUAdapter): boolean {
  const older = 'isFallbackAdapter' in adapter && adapter.isFallbackAdapter === true;
  return !older && !adapter.info.isFallbackAdapter && adapter.info.architecture !== 'swiftshader';
}
