import { expect, test } from 'vitest';
import { licencesPage } from './licences';
import { bundledPackages, sbom } from './sbom';

const lock = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.2.3', license: 'MIT', integrity: `sha512-${btoa('\x01\xff')}` },
    'node_modules/@s/b': { version: '2.0.0', license: 'Apache-2.0 AND MIT' },
    'node_modules/a/node_modules/c': { version: '3.0.0', license: 'ISC' },
    'node_modules/tool': { version: '4.0.0', license: 'MIT', dev: true },
  },
};
const modules = [
  '/home/x/src/main.tsx',
  '/home/x/node_modules/a/index.js',
  '/home/x/node_modules/a/node_modules/c/c.js',
];

test('the bill names what is in the bundle and what is not, with hashes, and nothing that changes from build to build', () => {
  const bundled = bundledPackages(lock, modules);
  expect(bundled.map(({ name, version }) => `${name}@${version}`)).toEqual(['a@1.2.3', 'c@3.0.0']);
  const bill = sbom({ name: 'p', version: '1.0.0', license: 'MIT' }, lock, bundled, [
    { id: 'm', version: '5', sha256: { 'w.bin': 'ab' } },
  ]);
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  expect(bill.components).toHaveLength(5);
  expect(bill.components.find(({ name }) => name === 'a')).toMatchObject({
    scope: 'required',
    purl: 'pkg:npm/a@1.2.3',
    hashes: [{ alg: 'SHA-512', content: '01ff' }],
    licenses: [{ license: { id: 'MIT' } }],
  });
  expect(bill.components.find(({ name }) => name === '@s/b')).toMatchObject({
    scope: 'excluded',
    purl: 'pkg:npm/%40s/b@2.0.0',
    licenses: [{ expression: 'Apache-2.0 AND MIT' }],
  });
  expect(bill.dependencies[0]?.dependsOn).toEqual(['node_modules/a', 'node_modules/a/node_modules/c', 'model/m']);
  expect(JSON.stringify(bill)).not.toMatch(/timestamp|serialNumber/);
});

test('a licence is text on its page, never markup', () => {
  const page = licencesPage('ours', bundledPackages(lock, modules), ({ name }) =>
    name === 'a' ? '<script>1</script>' : null,
  );
  expect(page).toContain('&lt;script&gt;');
  expect(page).toContain('brings no text');
});
