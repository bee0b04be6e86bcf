import type { CrossAttention } from '../../graph';
import { type Cut, type Dispatch, type Sized, sizes } from './program';
import { type Token, tokenOperations, tokensCode, type WeightAt } from './tokens';

/**
 * The tokens ask the sequence (Vaswani et al. 2017), all of it in one dispatch, a workgroup for each member of the batch, tokens included:
 * a = softmax((tokens · query) · keysᵀ / √d) · values for each head, out = layerNorm(tokens + a · attend + bias).
 * A thread goes along the sequence once with a running softmax (Milakov & Gimelshein 2018), so that its length has no limit.
 *
 * @param tokens the operations that make the tokens, or values [B, W] that are there
 * @param inputs what each of them is made of, or the values; @param keys [B, 1, T, W]; @param values [B, 1, T, W]
 * @param weights all weights of the network, and where each begins
 */
export function attention<T extends Sized>(
  op: CrossAttention,
  tokens: readonly (Token | null)[],
  inputs: readonly T[],
  keys: T,
  values: T,
  weights: T,
  at: WeightAt,
  { lanes }: Cut,
): Dispatch<T> {
  const { batch, steps } = sizes(keys);
  const width = op.attend.bias.shape[0] ?? 1;
  const count = inputs.length;
  const perHead = width / op.heads;
  const made = tokens.every((token) => token !== null) ? tokens : null;
  const filled = made
    ? tokensCode(made, at, lanes)
    : {
        declarations: `var<workgroup> tokens : array<f32, ${count * width}>;`,
        code: `${inputs.map((_, i) => `for (var n = id; n < ${width}; n += ${lanes}) { tokens[${i * width} + n] = token${i}[b * ${width} + n]; }`).join('\n')}
      workgroupBarrier();`,
      };
  const dense = (from: string, affine: CrossAttention['query']) => `
        var sum = weights[${at(affine.bias)} + n];
        for (var k = 0; k < ${width}; k++) { sum = fma(${from}[row + k], weights[${at(affine.kernel)} + k * ${width} + n], sum); }`;
  const code = `
    ${filled.declarations}
    var<workgroup> asked : array<f32, ${count * width}>;
    var<workgroup> heard : array<f32, ${count * width}>;

    fn main(_index : i32) {
      let id = i32(localIndex);
      let b = i32(workgroupId.x);
      ${filled.code}
      for (var i = id; i < ${count * width}; i += ${lanes}) {
        let n = i % ${width};
        let row = i - n;
        ${dense('tokens', op.query)}
        asked[i] = sum * ${1 / Math.sqrt(perHead)};
      }
      workgroupBarrier();
      for (var i = id; i < ${count * width}; i += ${lanes}) {
        let n = i % ${width};
        let head = n - n % ${perHead};
        var most = -1e30;
        var total = 0.0;
        var sum = 0.0;
        for (var t = 0; t < uniforms.steps; t++) {
          let row = (b * uniforms.steps + t) * ${width};
          var score = 0.0;
          for (var k = 0; k < ${perHead}; k++) { score = fma(asked[i - n + head + k], keys[row + head + k], score); }
          let higher = max(most, score);
          let faded = exp(most - higher);
          let share = exp(score - higher);
          total = fma(total, faded, share);
          sum = fma(sum, faded, share * values[row + n]);
          most = higher;
        }
        heard[i] = sum / total;
      }
      workgroupBarrier();
      for (var i = id; i < ${count * width}; i += ${lanes}) {
        let n = i % ${width};
        let row = i - n;
        ${dense('heard', op.attend)}
        asked[i] = sum + tokens[i];
      }
      workgroupBarrier();
      for (var i = id; i < ${count * width}; i += ${lanes}) {
        let n = i % ${width};
        var mean = 0.0;
        for (var k = 0; k < ${width}; k++) { mean += asked[i - n + k]; }
        mean /= ${width}.0;
        var variance = 0.0;
        for (var k = 0; k < ${width}; k++) { let far = asked[i - n + k] - mean; variance = fma(far, far, variance); }
        let normal = (asked[i] - mean) * inverseSqrt(variance / ${width}.0 + ${op.norm.epsilon});
        result[b * ${count * width} + i] = normal * weights[${at(op.norm.scale)} + n] + weights[${at(op.norm.offset)} + n];
      }
    }`;
  return {
    key: 'EcgAttention',
    code,
    reads: [
      ...inputs.map((input, i) => [`token${i}`, input, 1] as const),
      ['keys', keys, 1],
      ['values', values, 1],
      ['weights', weights, 1],
    ],
    output: [batch, count * width],
    outputComponents: 1,
    sums: null,
    uniforms: { steps },
    workgroups: batch,
    workgroupSize: lanes,
    operations:
      4 * batch * count * width * (width + steps) +
      (made ?? []).reduce((all, token) => all + tokenOperations(token, batch), 0),
  };
}
