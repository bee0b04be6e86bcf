import { expect, test } from 'vitest';
import { droppedFiles, inOrder } from './dropped';

/** As Chromium gives a folder: some entries at a time, in any order, none at the end. */
function folder(name: string, children: readonly object[]) {
  return {
    name,
    isDirectory: true,
    createReader: () => {
      const rest = [...children];
      return { readEntries: (resolve: (some: object[]) => void) => resolve(rest.splice(0, 2)) };
    },
  };
}

const file = (name: string) => ({
  name,
  isFile: true,
  file: (resolve: (file: File) => void) => resolve(new File(['x'], name)),
});

const drop = (entries: readonly object[], files: readonly File[]) =>
  ({ files, items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer;

test('a dropped folder is walked to its end, and a file is named by its path', async () => {
  const ward = folder('ward', [
    file('c.hea'),
    folder('b', [file('1.dat'), file('1.hea'), file('2.hea')]),
    file('a.hea'),
  ]);
  const files = await droppedFiles(drop([ward, file('alone.csv')], []));
  expect(files.map(({ name }) => name)).toEqual([
    'ward/a.hea',
    'ward/b/1.dat',
    'ward/b/1.hea',
    'ward/b/2.hea',
    'ward/c.hea',
    'alone.csv',
  ]);
});

test('files without a folder are taken as they are', async () => {
  const files = [new File([], 'b.hea'), new File([], 'a.dat')];
  expect(await droppedFiles(drop([file('b.hea'), file('a.dat')], files))).toEqual(files);
  expect(inOrder(files)).toEqual(files);
});
