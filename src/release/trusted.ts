/** The part of Trusted Types (W3C, 2024) that is used here; browsers without it check nothing. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** The name of the one policy that the headers allow. */
export const POLICY = 'workers';

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

let policy: { createScriptURL(url: string): unknown } | null = null;

/**
 * An address that a worker may be made of: a script of this page's own origin, or a blob that it made itself.
 * Everything else that would turn a text into script (markup, `eval`, other addresses) the browser refuses.
 *
 * @throws TypeError for any other address
 */
export function workerUrl(url: string): string {
  if (!trustedTypes) return ownScript(url);
  policy ??= trustedTypes.createPolicy(POLICY, { createScriptURL: ownScript });
  // The DOM's types know no TrustedScriptURL; `new Worker` takes it where it takes an address.
  return policy.createScriptURL(url) as string;
}

function ownScript(url: string): string {
  const { href, origin } = new URL(url, globalThis.location.href);
  if (origin !== globalThis.location.origin) throw new TypeError(`${href} is no script of this page.`);
  return href;
}
