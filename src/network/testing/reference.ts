import type { Activation, Affine, CrossAttention, Operation, Weight } from '../graph';
import type { Weights } from '../weights';

/** A sequence [T, C] or, with one row, a vector [1, C], in double precision. */
export type Rows = readonly (readonly number[])[];

type Values = Map<string, Rows>;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const swish = (x: number) => x * sigmoid(x);
const map = (rows: Rows, f: (x: number) => number): Rows => rows.map((row) => row.map(f));
const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);
const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const columns = (rows: Rows) => range(rows[0]?.length ?? 0).map((c) => rows.map((row) => row[c] ?? 0));
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;

/** Runs operations for one ECG by the shortest loops that say what they mean: what every executor is held against. */
export function reference(
  operations: readonly Operation[],
  inputs: ReadonlyMap<string, Rows>,
  weights: Weights,
): Values {
  const values: Values = new Map(inputs);
  for (const operation of operations) values.set(operation.output, evaluate(operation, values, weights));
  return values;
}

function evaluate(op: Operation, values: Values, weights: Weights): Rows {
  const get = (name: string) => values.get(name) ?? [];
  const number = ({ name }: Weight, i: number) => weights.get(name)?.[i] ?? Number.NaN;
  const dense = (rows: Rows, { kernel, bias }: Affine): Rows =>
    rows.map((row) => {
      const width = bias.shape[0] ?? 0;
      return range(width).map((o) => number(bias, o) + sum(row.map((x, i) => x * number(kernel, i * width + o))));
    });

  const activate = (x: number, activation: Activation) => (activation === 'swish' ? swish(x) : x);

  switch (op.kind) {
    case 'convolution': {
      const [size = 1, width = 1, outputs = 1] = op.kernel.shape;
      const [present = []] = op.missing ? get(op.missing.mask) : [];
      const constant = (i: number) => (op.missing ? number(op.missing.constant, i) : 0);
      return strided(get(op.input), op.stride).map((t) =>
        range(outputs).map((o) => {
          const missing = sum(present.map((one, l) => (1 - one) * constant(l * outputs + o)));
          const taps = range(size).flatMap((k) =>
            range(width).map(
              (i) =>
                (get(op.input)[t + k - (size - 1) / 2]?.[i] ?? 0) * number(op.kernel, (k * width + i) * outputs + o),
            ),
          );
          return activate(number(op.bias, o) + missing + sum(taps), op.activation);
        }),
      );
    }
    case 'depthwise': {
      const [size = 1, width = 1] = op.kernel.shape;
      return strided(get(op.input), op.stride).map((t) =>
        range(width).map((c) => {
          const taps = range(size).map(
            (k) => (get(op.input)[t + k - (size - 1) / 2]?.[c] ?? 0) * number(op.kernel, k * width + c),
          );
          return activate(number(op.bias, c) + sum(taps), op.activation);
        }),
      );
    }
    case 'pointwise': {
      const [gate] = op.gate === null ? [] : get(op.gate);
      const gated = get(op.input).map((row) => row.map((x, c) => x * (gate?.[c] ?? 1)));
      const activated = map(dense(gated, op), (x) => activate(x, op.activation));
      const residual = op.residual === null ? null : get(op.residual);
      return activated.map((row, t) => row.map((x, c) => x + (residual?.[t]?.[c] ?? 0)));
    }
    case 'upsample':
      return get(op.skip).map((row, t) => row.map((x, c) => x + (get(op.input)[t >> 1]?.[c] ?? Number.NaN)));
    case 'squeezeExcite': {
      const means = columns(get(op.input)).map(mean);
      return map(dense(map(dense([means], op.squeeze), swish), op.excite), sigmoid);
    }
    case 'pool': {
      const reduce = { mean, max: (numbers: readonly number[]) => Math.max(...numbers) };
      return [op.reductions.flatMap((reduction) => columns(get(op.input)).map(reduce[reduction]))];
    }
    case 'ageToken': {
      const [[years = 0, known = 0] = []] = get(op.input);
      const [token = []] = dense(map(dense([[years]], op.hidden), swish), op.out);
      return [token.map((x, d) => known * x + (1 - known) * number(op.unknown, d))];
    }
    case 'sexToken': {
      const [oneHot = []] = get(op.input);
      const width = op.table.shape[1] ?? 0;
      return [range(width).map((d) => sum(oneHot.map((one, row) => one * number(op.table, row * width + d))))];
    }
    case 'wavesToken':
      return dense(map(dense(get(op.input), op.hidden), swish), op.out);
    case 'crossAttention': {
      const tokens = op.tokens.flatMap(get);
      const read = attend(dense(tokens, op.query), get(op.keys), get(op.values), op);
      const added = dense(read, op.attend).map((row, i) => row.map((x, d) => x + (tokens[i]?.[d] ?? 0)));
      return [added.flatMap((row) => normalise(row, op, number))];
    }
    case 'linear':
      return dense([op.inputs.flatMap((name) => get(name).flat())], op);
  }
}

function strided(rows: Rows, stride: number): number[] {
  return range(Math.ceil(rows.length / stride)).map((t) => t * stride);
}

function attend(queries: Rows, keys: Rows, values: Rows, { heads }: CrossAttention): Rows {
  return queries.map((query) => {
    const size = query.length / heads;
    return range(heads).flatMap((head) => {
      const part = range(size).map((i) => head * size + i);
      const scores = keys.map((key) => sum(part.map((d) => (query[d] ?? 0) * (key[d] ?? 0))) / Math.sqrt(size));
      const weights = scores.map((score) => Math.exp(score - Math.max(...scores)));
      return part.map((d) => sum(values.map((value, t) => (weights[t] ?? 0) * (value[d] ?? 0))) / sum(weights));
    });
  });
}

function normalise(row: readonly number[], { norm }: CrossAttention, number: (weight: Weight, i: number) => number) {
  const centre = mean(row);
  const deviation = Math.sqrt(mean(row.map((x) => (x - centre) ** 2)) + norm.epsilon);
  return row.map((x, d) => ((x - centre) / deviation) * number(norm.scale, d) + number(norm.offset, d));
}
