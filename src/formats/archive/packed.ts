import type { ByteSource } from '../../ecg';

/** A file inside an archive, before anything of it is read. */
export interface Packed {
  readonly path: string;
  /** Throws EcgError when it cannot be unpacked. */
  open(): Promise<ByteSource>;
}

/** Names that systems put beside files: no one means them. */
const LITTER = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|@eaDir\/)/i;

export function isLitter(path: string): boolean {
  return LITTER.test(path);
}

/** The path as a name: without a root, a drive or ways out of the archive. */
export function safePath(path: string): string {
  const parts = path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));
  return parts.join('/') || 'unnamed';
}
