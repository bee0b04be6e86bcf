/** V8's CPU profile as `Profile` and `ProfileChunk` events of a Chromium trace give it, one for each thread. */
interface Frame {
  readonly functionName: string;
  readonly url?: string;
  /** From 0, as in a trace. */
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}
interface Node {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: Frame;
}
interface TraceEvent {
  readonly name: string;
  readonly id?: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: {
    readonly name?: string;
    readonly data?: {
      readonly cpuProfile?: { readonly nodes?: readonly Node[]; readonly samples?: readonly number[] };
      readonly timeDeltas?: readonly number[];
    };
  };
}

export type SourceOf = (url: string, line: number, column: number) => string | null;

/** Which stage a source file belongs to; a file that is not here (filters, tfjs, kernels) counts for who called it. */
const STAGES: readonly (readonly [RegExp, string])[] = [
  [/^src\/formats\//, 'read the file'],
  [/^src\/signal\/(stretch|limb-leads|order)/, 'stretch'],
  [/^src\/signal\/(quality|lead-issues|consistency|heartbeat|summary|mains)/, 'quality'],
  [/^src\/inference\/(input|rows)/, 'network input'],
  [/^src\/inference\/(look|delineate)/, 'delineator'],
  [/^src\/inference\/session/, 'classifier'],
  [/^src\/waves\//, 'measure'],
  [/^src\/findings\//, 'conclude'],
  [/^src\/report\//, 'lines of JSON'],
  [/^src\/ui\//, 'page'],
  [/react/, 'page'],
  [/comlink|^src\/(client|link)/, 'transfer'],
];

/** Processor time of each stage in each kind of thread, ms, most first; what idled is left out. */
export function stageTimes(trace: string, sourceOf: SourceOf) {
  const events = (JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents;
  const threads = new Map<string, string>();
  for (const { name, pid, tid, args } of events) {
    if (name === 'thread_name') threads.set(`${pid}.${tid}`, args.name ?? '');
  }
  const owners = new Map<string, string>();
  const nodes = new Map<string, Node>();
  const times = new Map<string, number>();
  for (const { name, id, pid, tid, args } of events) {
    const profile = `${pid}.${id}`;
    if (name === 'Profile') owners.set(profile, /Worker/.test(threads.get(`${pid}.${tid}`) ?? '') ? 'worker' : 'page');
    if (name !== 'ProfileChunk') continue;
    for (const node of args.data?.cpuProfile?.nodes ?? []) nodes.set(`${profile}.${node.id}`, node);
    for (const [n, sample] of (args.data?.cpuProfile?.samples ?? []).entries()) {
      const stage = stageOf(sample, (node) => nodes.get(`${profile}.${node}`), sourceOf);
      if (stage === null) continue;
      const key = `${owners.get(profile)}: ${stage}`;
      times.set(key, (times.get(key) ?? 0) + (args.data?.timeDeltas?.[n] ?? 0) / 1000);
    }
  }
  return [...times].sort(([, a], [, b]) => b - a);
}

/** The stage of the innermost frame that has one. */
function stageOf(leaf: number, nodeOf: (id: number) => Node | undefined, sourceOf: SourceOf): string | null {
  const own = nodeOf(leaf)?.callFrame.functionName;
  if (own === '(idle)') return null;
  if (own === '(garbage collector)') return 'garbage';
  for (let node = nodeOf(leaf); node; node = node.parent === undefined ? undefined : nodeOf(node.parent)) {
    const { url, lineNumber, columnNumber } = node.callFrame;
    const source = url ? sourceOf(url, lineNumber ?? 0, columnNumber ?? 0) : null;
    const stage = source && STAGES.find(([pattern]) => pattern.test(source));
    if (stage) return stage[1];
  }
  return own === '(program)' ? 'browser' : 'other';
}
