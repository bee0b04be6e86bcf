import { expect, test } from 'vitest';
import { createLock, openLock, seal, unseal } from './cipher';
import { pack, unpack } from './pack';

const text = (value: string) => new TextEncoder().encode(value);

test('data and files come back as they were packed, and what is cut off is refused', () => {
  const files = [
    { name: 'ward/a.hea', bytes: text('header') },
    { name: 'ward/a.dat', bytes: new Uint8Array([0, 255, 7]) },
  ];
  const packed = pack({ note: 'Größe 王' }, files);
  expect(unpack(packed)).toEqual({ json: { note: 'Größe 王' }, files });
  expect(() => unpack(packed.slice(0, -1))).toThrow('a.dat is cut off');
  expect(() => unpack(text('no such thing at all'))).toThrow();
});

test('a passphrase opens its own lock alone, and nothing readable is left', async () => {
  const { lock, key } = await createLock('correct horse', 1000);
  expect(await openLock(lock, 'wrong horse')).toBeNull();
  const sealed = await seal(key, text('Doe, Jane'));
  expect(new TextDecoder('latin1').decode(sealed.data)).not.toContain('Doe');
  const again = await openLock(lock, 'correct horse');
  expect(new TextDecoder().decode(await unseal(again, sealed))).toBe('Doe, Jane');
});

test('one changed bit, or no key, gives nothing instead of something else', async () => {
  const { key } = await createLock('correct horse', 1000);
  const sealed = await seal(key, text('Doe, Jane'));
  await expect(unseal(null, sealed)).rejects.toThrow('locked');
  await expect(unseal(key, { iv: null, data: text('planted').buffer })).rejects.toThrow('not encrypted');
  const bytes = new Uint8Array(sealed.data);
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  await expect(unseal(key, sealed)).rejects.toThrow();
});
