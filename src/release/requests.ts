/** One request over the network or to the browser's own store, as the browser lists it. */
export interface MadeRequest {
  readonly url: string;
  /** When it was made, ms since 1970. */
  readonly at: number;
}

/** Tells of every request that this page or worker makes, and of every one that the policy refused (each policy in force counts it), from its start on. */
export function watchRequests(tell: (request: MadeRequest) => void): void {
  const outside = (url: string) => !/^(blob|data):/.test(url);
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (outside(name)) tell({ url: name, at: performance.timeOrigin + startTime });
    }
  }).observe({ type: 'resource', buffered: true });
  globalThis.addEventListener('securitypolicyviolation', (event) => {
    const { blockedURI, timeStamp } = event as SecurityPolicyViolationEvent;
    if (/^(https?|wss?):/.test(blockedURI)) tell({ url: blockedURI, at: performance.timeOrigin + timeStamp });
  });
}
