/** Bytes as they lie in the database. */
export interface Sealed {
  /** Null where nothing is encrypted. */
  readonly iv: Uint8Array<ArrayBuffer> | null;
  readonly data: ArrayBuffer;
}

/** How a passphrase becomes a key, and what tells the right one. */
export interface Lock {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  /** `PROOF`, sealed with the key. */
  readonly proof: Sealed;
}

/** OWASP's figure for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023). */
const ITERATIONS = 600_000;

const PROOF = new TextEncoder().encode('efficientecg history');

/** A new lock for a passphrase. */
export async function createLock(
  passphrase: string,
  iterations = ITERATIONS,
): Promise<{ readonly lock: Lock; readonly key: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await deriveKey(passphrase, salt, iterations);
  return { lock: { salt, iterations, proof: await seal(key, PROOF) }, key };
}

/** The key of a lock, or null for another passphrase. */
export async function openLock({ salt, iterations, proof }: Lock, passphrase: string): Promise<CryptoKey | null> {
  const key = await deriveKey(passphrase, salt, iterations);
  return unseal(key, proof).then(
    () => key,
    () => null,
  );
}

/** PBKDF2 (RFC 8018) with SHA-256 to a key of AES-GCM that cannot be taken out of the browser. */
async function deriveKey(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const secret = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export async function seal(key: CryptoKey | null, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  if (!key) return { iv: null, data: bytes.buffer };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

/** Rejects where the bytes were changed, the key is another one, or a record lies open in a history that is encrypted: it was planted. */
export async function unseal(key: CryptoKey | null, { iv, data }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  if (!iv && !key) return new Uint8Array(data);
  if (!iv) throw new Error('The record is not encrypted.');
  if (!key) throw new Error('The history is locked.');
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
}
