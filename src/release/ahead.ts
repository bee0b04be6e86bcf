/** Marks, among what the HTML names, the files that the worker will ask for. */
export const FOR_WORKER = 'data-for-worker';

/** Files by address. */
export type Files = ReadonlyMap<string, ArrayBuffer>;

export const NO_FILES: Files = new Map();

/**
 * The files that the HTML names for the worker: the browser has them on their way before there is a worker, so the page takes them and hands them over.
 * Nothing is compared here; the worker does that. What does not arrive is left out: the worker asks for it again and says what is wrong.
 */
export async function fetchAhead(): Promise<Files> {
  const links = document.querySelectorAll<HTMLLinkElement>(`link[${FOR_WORKER}]`);
  const files = await Promise.all([...links].map(async ({ href }) => [href, await bytesAt(href)] as const));
  return new Map(files.flatMap(([href, bytes]) => (bytes ? [[href, bytes] as const] : [])));
}

async function bytesAt(href: string): Promise<ArrayBuffer | null> {
  try {
    const response = await fetch(href);
    return response.ok ? await response.arrayBuffer() : null;
  } catch {
    return null;
  }
}
