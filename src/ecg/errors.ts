/** Why something could not be done. A closed list: scripts and tests rely on it (docs/codes.md). */
export const ERROR_CODES = [
  'EMPTY_FILE',
  'TRUNCATED_FILE',
  'CORRUPT_FILE',
  'UNREADABLE_FILE',
  'MISSING_PART',
  'NEEDS_INPUT',
  'UNSUPPORTED_FORMAT',
  'TOO_LARGE',
  'NOT_AS_BUILT',
  'MODEL_INVALID',
  'MODEL_UNAVAILABLE',
  'BACKEND_UNAVAILABLE',
  'WORKER_LOST',
  'HISTORY_LOCKED',
  'HISTORY_FULL',
  'HISTORY_DAMAGED',
  'HISTORY_UNAVAILABLE',
  'OUT_OF_MEMORY',
  'ABORTED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a reader can be asked for because a file does not say it. */
export type Missing = 'rate' | 'unit' | 'leads';

/** What was expected, what was found and where: for the log and the bug report, never for the person at the screen alone. */
export interface ErrorDetail {
  readonly expected?: string;
  readonly found?: string;
  readonly where?: string;
  /** Of `NEEDS_INPUT`: everything that has to be answered before the file can be used. */
  readonly missing?: readonly Missing[];
}

/** An error that a person can act on. `message` is one plain sentence; everything technical is in `detail`. */
export class EcgError extends Error {
  override readonly name = 'EcgError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: ErrorDetail = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An error as plain data: what crosses the worker's boundary and stands in an analysis. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: ErrorDetail;
}

/** How Chromium, Firefox and Safari say that there is no room for an array. */
const MEMORY = /allocat|out of memory|invalid (typed )?array (buffer )?length/i;

/** Any thrown value as plain data. What is not an `EcgError` is a defect of ours and says so. */
export function errorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof EcgError) {
    return { code: thrown.code, message: thrown.message, detail: thrown.detail };
  }
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return { code: 'ABORTED', message: 'The analysis was stopped.', detail: {} };
  }
  if (thrown instanceof RangeError && MEMORY.test(thrown.message)) {
    const message = 'There is not enough memory for this: close other tabs and programs, or open less at once.';
    return { code: 'OUT_OF_MEMORY', message, detail: { found: thrown.message } };
  }
  const found = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: 'INTERNAL', message: 'This page made a mistake of its own; the file may be fine.', detail: { found } };
}

/** Back from plain data to an error that can be thrown. */
export function toError({ code, message, detail }: ErrorRecord): EcgError {
  return new EcgError(code, message, detail);
}
