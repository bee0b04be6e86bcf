import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * A path among the shared samples and data (`ECG_SHARED`, else `../shared`), or null on a machine without them.
 * They are never committed; tests that need them are skipped where this is null.
 */
export function sharedPath(...parts: readonly string[]): string | null {
  const path = resolve(process.env.ECG_SHARED ?? '../shared', ...parts);
  return existsSync(path) ? path : null;
}
