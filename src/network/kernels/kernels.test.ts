import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CASE_NAMES, differenceFromReference } from '../testing/cases';
import { startWasmInNode } from '../testing/wasm-node';

describe('our own WASM kernels give what the plain loops give', () => {
  beforeAll(() => startWasmInNode());

  test.each(CASE_NAMES)(
    '%s, 40 random shapes',
    async (kind) => {
      for (let n = 0; n < 40; n++) {
        const { worst, operations } = await differenceFromReference(kind, 1);
        expect(worst, JSON.stringify(operations)).toBeLessThan(1e-5);
      }
    },
    60_000,
  );
});

test('the binary in the repository is what its source compiles to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kernels-'));
  const compiled = join(folder, 'kernels.wasm');
  execFileSync('npm', ['run', '-s', 'kernels', '--', '-o', compiled]);
  expect(await readFile(compiled)).toEqual(await readFile(new URL('kernels.wasm', import.meta.url)));
  await rm(folder, { recursive: true });
}, 120_000);
