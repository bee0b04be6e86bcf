import type { AgeToken, SexToken, WavesToken, Weight } from '../../graph';
import { activated, type Cut, type Dispatch, type Sized } from './program';

export type Token = AgeToken | SexToken | WavesToken;

/** Where a weight begins among all weights, in numbers. */
export type WeightAt = (weight: Weight) => number;

/** A token's share of a kernel that computes several: `tokens[first + n]` for its width, by so many threads with the number `id`, for the member `b` of the batch. */
interface Part {
  /** Numbers of `hidden` that it needs for itself. */
  readonly hidden: number;
  /** Before and after a barrier. */
  readonly hide: string;
  readonly tell: string;
}

export const widthOf = (op: Token) => (op.kind === 'sexToken' ? (op.table.shape[1] ?? 0) : (op.out.bias.shape[0] ?? 0));

/**
 * age: known · (swish(years · k1 + b1) · k2 + b2) + (1 − known) · unknown. sex: one-hot · table. waves: swish(waves · k1 + b1) · k2 + b2.
 *
 * @param input the variable with what the token is made of
 * @param lanes threads that share the work
 * @param kept where its numbers begin in `hidden`, and `first` in `tokens`
 */
function part(op: Token, at: WeightAt, input: string, lanes: number, kept: number, first: number): Part {
  const width = widthOf(op);
  const tell = (sum: string) => `for (var n = id; n < ${width}; n += ${lanes}) { ${sum} }`;
  if (op.kind === 'sexToken') {
    const table = at(op.table);
    const sum = `tokens[${first} + n] = ${input}[b * 3] * weights[${table} + n] + ${input}[b * 3 + 1] * weights[${table + width} + n] + ${input}[b * 3 + 2] * weights[${table + 2 * width} + n];`;
    return { hidden: 0, hide: '', tell: tell(sum) };
  }
  const hidden = op.hidden.bias.shape[0] ?? 0;
  const depth = op.hidden.kernel.shape[0] ?? 0;
  // Beside the years lies whether they are known.
  const row = op.kind === 'ageToken' ? 2 : depth;
  const hide = `for (var j = id; j < ${hidden}; j += ${lanes}) {
    var sum = weights[${at(op.hidden.bias)} + j];
    for (var k = 0; k < ${depth}; k++) { sum = fma(${input}[b * ${row} + k], weights[${at(op.hidden.kernel)} + k * ${hidden} + j], sum); }
    hidden[${kept} + j] = ${activated('sum', true)};
  }`;
  const known = `let known = ${input}[b * 2 + 1]; sum = known * sum + (1.0 - known) * weights[${op.kind === 'ageToken' ? at(op.unknown) : 0} + n];`;
  const sum = `
    var sum = weights[${at(op.out.bias)} + n];
    for (var j = 0; j < ${hidden}; j++) { sum = fma(hidden[${kept} + j], weights[${at(op.out.kernel)} + j * ${width} + n], sum); }
    ${op.kind === 'ageToken' ? known : ''}
    tokens[${first} + n] = sum;`;
  return { hidden, hide, tell: tell(sum) };
}

/** WGSL that fills `tokens`, in the order of the operations, which read the variables `token0`, `token1` …, and its declarations. */
export function tokensCode(list: readonly Token[], at: WeightAt, lanes: number) {
  let kept = 0;
  let first = 0;
  const parts = list.map((op, i) => {
    const one = part(op, at, `token${i}`, lanes, kept, first);
    kept += one.hidden;
    first += widthOf(op);
    return one;
  });
  return {
    declarations: `var<workgroup> hidden : array<f32, ${Math.max(1, kept)}>; var<workgroup> tokens : array<f32, ${first}>;`,
    code: `${parts.map(({ hide }) => hide).join('\n')}
      workgroupBarrier();
      ${parts.map(({ tell }) => tell).join('\n')}
      workgroupBarrier();`,
  };
}

/** One token by itself, where something else than an attention asks for it: see {@link part}. */
export function token<T extends Sized>(op: Token, input: T, weights: T, at: WeightAt, { lanes }: Cut): Dispatch<T> {
  const [batch = 1] = input.shape;
  const width = widthOf(op);
  const { declarations, code } = tokensCode([op], at, lanes);
  return {
    key: 'EcgToken',
    code: `
    ${declarations}
    fn main(_index : i32) {
      let id = i32(localIndex);
      let b = i32(workgroupId.x);
      ${code}
      for (var n = id; n < ${width}; n += ${lanes}) { result[b * ${width} + n] = tokens[n]; }
    }`,
    reads: [
      ['token0', input, 1],
      ['weights', weights, 1],
    ],
    output: [batch, width],
    outputComponents: 1,
    sums: null,
    uniforms: { batch },
    workgroups: batch,
    workgroupSize: lanes,
    operations: tokenOperations(op, batch),
  };
}

export function tokenOperations(op: Token, batch: number): number {
  if (op.kind === 'sexToken') return 2 * batch * 3 * widthOf(op);
  const [depth = 0, hidden = 0] = op.hidden.kernel.shape;
  return 2 * batch * hidden * (depth + widthOf(op));
}
