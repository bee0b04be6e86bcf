/** What stands in `package-lock.json` of one installed package. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  /** `sha512-` and base64. */
  readonly integrity?: string;
  /** Needed to build or to test, not to run. */
  readonly dev?: boolean;
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** The product itself. */
export interface Product {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** One bundled model with the SHA-256 of its files by name. */
export interface ModelPart {
  readonly id: string;
  readonly version: string;
  readonly sha256: Readonly<Record<string, string>>;
}

/** An installed package, by its place in `node_modules`. */
export interface Installed {
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

const FOLDER = 'node_modules/';

/** The packages of a lock whose modules went into a bundle, in the order of their names. @param modules addresses of modules, as Vite names them */
export function bundledPackages(lock: Lock, modules: Iterable<string>): readonly Installed[] {
  const places = new Set<string>();
  const known = Object.keys(lock.packages)
    .filter((place) => place.startsWith(FOLDER))
    .sort((a, b) => b.length - a.length);
  for (const module of modules) {
    const from = module.replaceAll('\\', '/').indexOf(FOLDER);
    const path = from < 0 ? '' : module.replaceAll('\\', '/').slice(from);
    const place = known.find((one) => path.startsWith(`${one}/`));
    if (place) places.add(place);
  }
  return [...places].sort().map((place) => installed(place, lock.packages[place] ?? {}));
}

function installed(place: string, { version = '', license = 'NOASSERTION' }: LockedPackage): Installed {
  return { place, name: place.slice(place.lastIndexOf(FOLDER) + FOLDER.length), version, license };
}

/**
 * A software bill of materials: CycloneDX 1.6 (ECMA-424, 2024) without time and serial number, so that two builds give the same bytes.
 * What is in the bundle is `required`, what was installed to build and test it `excluded`; the models are parts with their weights' hashes.
 */
export function sbom(product: Product, lock: Lock, bundled: readonly Installed[], models: readonly ModelPart[]) {
  const inBundle = new Set(bundled.map(({ place }) => place));
  const places = Object.keys(lock.packages).filter((place) => place.startsWith(FOLDER));
  const own = `pkg:npm/${product.name}@${product.version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: product.name,
        version: product.version,
        licenses: [{ license: { id: product.license } }],
        purl: own,
      },
    },
    components: [
      ...places.sort().map((place) => component(place, lock.packages[place] ?? {}, inBundle.has(place))),
      ...models.map(({ id, version, sha256 }) => ({
        type: 'machine-learning-model',
        'bom-ref': `model/${id}`,
        name: id,
        version,
        hashes: Object.values(sha256).map((content) => ({ alg: 'SHA-256', content })),
      })),
    ],
    dependencies: [
      { ref: own, dependsOn: [...bundled.map(({ place }) => place), ...models.map(({ id }) => `model/${id}`)] },
    ],
  };
}

function component(place: string, locked: LockedPackage, required: boolean) {
  const { name, version, license } = installed(place, locked);
  const { integrity } = locked;
  const plain = /^[A-Za-z0-9.+-]+$/.test(license) && license !== 'NOASSERTION';
  return {
    type: 'library',
    'bom-ref': place,
    name,
    version,
    scope: required ? 'required' : 'excluded',
    licenses: plain ? [{ license: { id: license } }] : [{ expression: license }],
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(integrity?.startsWith('sha512-') && { hashes: [{ alg: 'SHA-512', content: hexOf(integrity.slice(7)) }] }),
  };
}

function hexOf(base64: string): string {
  return [...atob(base64)].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
