import { expect, test } from 'vitest';
import { tellApart } from './own-model';

const told = async (names: readonly string[], holds = false) => {
  const files = names.map((name) => new File(['x'], name));
  const { model, ecgs } = await tellApart(files, async () => holds);
  return [model, ecgs].map((some) => some.map(({ name }) => name));
};

test('a folder with model.json is a model with all that lies in it; what lies elsewhere are ECGs', async () => {
  expect(await told(['m/model.json', 'm/a.bin', 'm/README.md', 'm/x/b.bin', 'ward/r.hea', 'ward/r.dat'])).toEqual([
    ['m/model.json', 'm/a.bin', 'm/README.md'],
    ['m/x/b.bin', 'ward/r.hea', 'ward/r.dat'],
  ]);
});

test('among loose files a model takes its weights alone', async () => {
  expect(await told(['model.json', 'weights.bin', 'r.hea', 'r.dat'])).toEqual([
    ['model.json', 'weights.bin'],
    ['r.hea', 'r.dat'],
  ]);
  expect(await told(['my-model.json', 'r.hea'])).toEqual([[], ['my-model.json', 'r.hea']]);
});

test('an archive is looked into only where it was dropped alone', async () => {
  expect(await told(['model.zip'], true)).toEqual([['model.zip'], []]);
  expect(await told(['ecgs.zip'], false)).toEqual([[], ['ecgs.zip']]);
  expect(await told(['a.zip', 'b.zip'], true)).toEqual([[], ['a.zip', 'b.zip']]);
  expect(await told(['a.dat'], true)).toEqual([[], ['a.dat']]);
});
