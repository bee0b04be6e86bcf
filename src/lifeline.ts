const ALIVE = 'alive';

/**
 * A worker that is killed or closes itself tells nobody. So it holds a lock of its own name (Web Locks, W3C 2023) for as long as it
 * lives, and the page, which waits for the same lock, gets it when the worker is gone. An insecure address has no locks: there, only
 * errors tell.
 */
export function holdLifeline(): void {
  void navigator.locks?.request(self.name, () => {
    postMessage(ALIVE);
    return new Promise<never>(() => {});
  });
}

/** Tells once when a worker, which has this name and holds its lifeline, has ended. */
export function onEnd(worker: Worker, name: string, tell: () => void): void {
  worker.addEventListener('message', ({ data }) => {
    if (data === ALIVE) void navigator.locks.request(name, tell);
  });
}

let made = 0;

/** A name for a worker that no other worker of this or another tab has. */
export function workerName(): string {
  return `analysis ${++made} ${performance.timeOrigin} ${Math.random()}`;
}
