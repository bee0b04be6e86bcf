import {
  findBackendFactory,
  type KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { setExecutors } from '../executor';
import { tfjsExecutor } from '../tfjs-executor';

/**
 * Makes a backend the one that tfjs runs on, in place of an earlier one of that name.
 *
 * @throws when tfjs refuses it (`setBackend` only says false, and then every operation fails)
 */
export async function activate(name: string, backend: KernelBackend): Promise<void> {
  if (findBackendFactory(name)) removeBackend(name);
  registerBackend(name, () => backend);
  if (!(await setBackend(name))) throw new Error(`tfjs refused its ${name} backend.`);
  setExecutors(tfjsExecutor);
}
