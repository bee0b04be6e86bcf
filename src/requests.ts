import { createStore } from 'zustand/vanilla';
import { type MadeRequest, watchRequests } from './release/requests';

/** What the page and its workers have requested since it was loaded, and since when a file of the reader's is open. */
export interface RequestLog {
  readonly made: readonly MadeRequest[];
  /** ms since 1970; null while nothing was opened. */
  readonly openedAt: number | null;
}

export const requestLog = createStore<RequestLog>()(() => ({ made: [], openedAt: null }));

export function heard(request: MadeRequest): void {
  requestLog.setState(({ made }) => ({ made: [...made, request] }));
}

/** From now on what is requested counts. */
export function opened(): void {
  requestLog.setState({ openedAt: performance.timeOrigin + performance.now() });
}

/** A demo is a part of the page, so what its address asks for is counted from when the page is loaded; a reader's file counts at once. */
export function loaded(): void {
  if (requestLog.getState().openedAt === null) opened();
}

export function watchThisPage(): void {
  watchRequests(heard);
}

/** Requested since the file was opened. */
export function sinceOpened({ made, openedAt }: RequestLog): readonly MadeRequest[] {
  return openedAt === null ? [] : made.filter(({ at }) => at >= openedAt);
}

/** What a worker tells beside its answers, or null. */
export function requestIn(message: unknown): MadeRequest | null {
  const { request } = (message ?? {}) as { request?: MadeRequest };
  return request ?? null;
}
