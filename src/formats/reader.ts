import { type ByteSource, EcgError, type Lead, type Recording } from '../ecg';
import { decodeText } from './text';

/** What a person answers when a file does not say it. What the file says wins. */
export interface ReadOptions {
  readonly rateHz?: number;
  readonly unit?: 'mV' | 'uV';
  /** The lead of each of the file's signals in its order, null for none; counts where the file has as many signals. */
  readonly leads?: readonly (Lead | null)[];
  readonly signal?: AbortSignal;
}

/** A dropped file with its first bytes, which decide what it is. */
export interface SniffedFile {
  readonly source: ByteSource;
  /** At most `HEAD_BYTES`. */
  readonly head: Uint8Array;
  /** The head as text, or null when it is none. */
  readonly text: string | null;
}

/** Files that a reader takes together: one recording, or one failure. */
export interface Claim {
  /** The file that names the recording, then its other parts. Records may share a part. */
  readonly parts: readonly ByteSource[];
  /** Files that belong to the recording and are no part of its signal: annotations. Those that are not read the reader warns about. */
  readonly beside?: readonly ByteSource[];
  /** True where no reader knows the file: opening it only says so. */
  readonly unread?: true;
  /** Reads what is needed to describe the recording, not its samples. Throws EcgError. */
  open(options: ReadOptions): Promise<Recording>;
}

/**
 * The contract of a format. A reader sees every file that no reader before it in the table took, and claims what it knows by content;
 * it never throws for a bad file: what it recognises and cannot read becomes a claim whose `open` throws.
 */
export interface Reader {
  claim(files: readonly SniffedFile[]): Promise<readonly Claim[]>;
}

/** Enough for every magic number, for most WFDB headers and for some rows of any table. */
export const HEAD_BYTES = 4096;

/** A file with its first bytes. Throws EcgError UNREADABLE_FILE. */
export async function sniff(source: ByteSource): Promise<SniffedFile> {
  const head = await source.read(0, HEAD_BYTES);
  return { source, head, text: decodeText(head) };
}

/** A claim that is recognised but cannot be read. */
export function refusal(source: ByteSource, error: () => EcgError): Claim {
  return {
    parts: [source],
    open: async () => {
      throw error();
    },
  };
}

/** Throws EcgError ABORTED when nobody waits for the answer any more. */
export function checkAbort({ signal }: ReadOptions): void {
  if (signal?.aborted) throw new EcgError('ABORTED', 'Opening the files was stopped.');
}

/** The reader's answer to "which rate?", if it is one that an ECG can have. */
export function answeredRate({ rateHz }: ReadOptions): number | undefined {
  return rateHz !== undefined && rateHz >= 1 && rateHz <= 1e6 ? rateHz : undefined;
}
