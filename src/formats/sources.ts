import { type ByteSource, EcgError } from '../ecg';

/** A buffer as a source of bytes: tests, demo files, what an archive held. */
export function bytesOf(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (start = 0, end = bytes.length) => new Uint8Array(bytes.subarray(start, end)),
  };
}

/**
 * A dropped or picked file, read in parts; nothing is read until it is asked for.
 *
 * @returns a source named by the path inside the picked folder where there is one
 *          (its `read` throws EcgError UNREADABLE_FILE when the file was moved, changed or locked in the meantime)
 */
export function fileSource(file: File): ByteSource {
  const name = file.webkitRelativePath || file.name;
  return {
    name,
    size: file.size,
    read: async (start = 0, end = file.size) => {
      try {
        return new Uint8Array(await file.slice(start, end).arrayBuffer());
      } catch (cause) {
        const message = `${name} can no longer be read: it was moved, changed or locked after it was dropped.`;
        throw new EcgError('UNREADABLE_FILE', message, { found: String(cause) }, { cause });
      }
    },
  };
}

/** `a/b/100.dat` → `a/b`; empty where there is no folder. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `a/b/100.dat` → `100.dat` */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `a/b/100.dat` → `100` */
export function stemOf(path: string): string {
  return baseName(path).replace(/\.[^.]*$/, '');
}

/** `a/b/100.DAT` → `dat`; empty where there is none. */
export function extensionOf(path: string): string {
  return /\.([^.]*)$/.exec(baseName(path))?.[1]?.toLowerCase() ?? '';
}
