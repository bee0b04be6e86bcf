import { readFile } from 'node:fs/promises';

/** One entry of Chromium's `--log-net-log`. */
interface Entry {
  readonly type: number;
  /** Ticks, ms. */
  readonly time: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface NetLog {
  readonly constants: {
    readonly logEventTypes: Readonly<Record<string, number>>;
    /** What is added to ticks for ms since 1970. */
    readonly timeTickOffset: number | string;
  };
  readonly events: readonly Entry[];
}

/** Something that went, or would have gone, over the network. */
export interface Activity {
  readonly kind: string;
  /** What was asked for: an address or a host. */
  readonly target: string;
  /** ms since 1970. */
  readonly at: number;
}

/** The kinds of entries that stand for traffic, and what of them names its target. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  URL_REQUEST_START_JOB: ['url'],
  HOST_RESOLVER_MANAGER_REQUEST: ['host'],
  HOST_RESOLVER_MANAGER_JOB: ['host'],
  DNS_TRANSACTION: ['hostname'],
  TCP_CONNECT_ATTEMPT: ['address'],
  UDP_CONNECT: ['address'],
  UDP_BYTES_SENT: ['address'],
  WEBSOCKET_CREATED: ['url'],
  P2P_SOCKET: ['address'],
};

/** What Chromium's network log has of requests, names looked up, sockets and datagrams. Only a browser that was closed has written it whole. */
export async function networkActivity(path: string): Promise<readonly Activity[]> {
  const { constants, events } = JSON.parse(await readFile(path, 'utf8')) as NetLog;
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]));
  return events.flatMap(({ type, time, params }) => {
    const kind = names.get(type) ?? '';
    const keys = KINDS[kind];
    const target = keys?.map((key) => params?.[key]).find((value) => typeof value === 'string');
    if (target === undefined || /^(data|blob|chrome|about)/.test(`${target}`)) return [];
    return [{ kind, target: `${target}`, at: Number(time) + Number(constants.timeTickOffset) }];
  });
}
