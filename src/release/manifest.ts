/** Where the manifest of a build lies, from the page's address. */
export const MANIFEST = 'build-manifest.json';

/** What stands in the built service worker until the build's id is known. */
export const BUILD_ID_PLACE = '__BUILD_ID__';

/** Every file of a build but the manifest itself and the service worker, which names the manifest's own SHA-256. */
export interface BuildManifest {
  /** SHA-256, lower-case hexadecimal, by path from the page's address. */
  readonly files: Readonly<Record<string, string>>;
  /** Which scripts a script imports before it runs, by path; a script that imports none is left out. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

/** SHA-256, lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
