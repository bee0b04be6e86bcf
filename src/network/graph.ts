import type { Architecture } from '../ecg';
import { type Block, blockWidths } from './blocks';

/** A weight by its name in the manifest, with the shape that the architecture gives it. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface Affine {
  readonly kernel: Weight;
  readonly bias: Weight;
}

/** swish(x) = x · sigmoid(x) (Ramachandran et al. 2017). */
export type Activation = 'none' | 'swish';

/** Over time and all leads, plus a learned constant for each missing lead: kernel [k, in, out], `missing` [in, out] on 1 − mask. */
export interface Convolution extends Affine {
  readonly kind: 'convolution';
  readonly input: string;
  readonly mask: string;
  readonly output: string;
  readonly stride: number;
  readonly missing: Weight;
  readonly activation: Activation;
}

/** Each channel by itself over time: kernel [k, channels]. */
export interface Depthwise extends Affine {
  readonly kind: 'depthwise';
  readonly input: string;
  readonly output: string;
  readonly stride: number;
  readonly activation: Activation;
}

/** activation((input · gate) · kernel + bias) + residual, at every time step. The gate [B, in] is broadcast over time. */
export interface Pointwise extends Affine {
  readonly kind: 'pointwise';
  readonly input: string;
  readonly output: string;
  readonly activation: Activation;
  readonly gate: string | null;
  readonly residual: string | null;
}

/** From a sequence [B, T, C] to a gate [B, C]: sigmoid(swish(mean over time · squeeze) · excite) (Hu et al. 2018). */
export interface SqueezeExcite {
  readonly kind: 'squeezeExcite';
  readonly input: string;
  readonly output: string;
  readonly squeeze: Affine;
  readonly excite: Affine;
}

/** From a sequence [B, T, C] to its reductions over time, side by side. */
export interface Pool {
  readonly kind: 'pool';
  readonly input: string;
  readonly output: string;
  readonly reductions: Architecture['pool'];
}

/** Token [B, D] from age [B, 2] = [scaled years, known]; the unknown age has a token of its own. */
export interface AgeToken {
  readonly kind: 'ageToken';
  readonly input: string;
  readonly output: string;
  readonly hidden: Affine;
  readonly out: Affine;
  readonly unknown: Weight;
}

/** Token [B, D] from sex, one-hot [B, 3]: female, male, unknown. */
export interface SexToken {
  readonly kind: 'sexToken';
  readonly input: string;
  readonly output: string;
  readonly table: Weight;
}

/** The tokens ask the sequence (Vaswani et al. 2017): layerNorm(tokens + attend(multi-head attention)), flattened to [B, tokens · D]. */
export interface CrossAttention {
  readonly kind: 'crossAttention';
  readonly tokens: readonly string[];
  readonly keys: string;
  readonly values: string;
  readonly output: string;
  readonly heads: number;
  readonly query: Affine;
  readonly attend: Affine;
  readonly norm: { readonly scale: Weight; readonly offset: Weight; readonly epsilon: number };
}

/** Its inputs [B, n], joined, · kernel + bias. */
export interface Linear extends Affine {
  readonly kind: 'linear';
  readonly inputs: readonly string[];
  readonly output: string;
}

export type Operation =
  | Convolution
  | Depthwise
  | Pointwise
  | SqueezeExcite
  | Pool
  | AgeToken
  | SexToken
  | CrossAttention
  | Linear;

/**
 * The network as plain data, in the order in which it runs. Whoever executes it (tfjs, own kernels, a recorded plan) walks these lists.
 *
 * `encoder`: `ecg` [B, T, leads], `mask` [B, leads] (1 = present) → `pooled` [B, 2F], `keys` and `values` [B, T', D].
 * `fusion`: those three, `age` [B, 2] and `sex` [B, 3] → `logits` [B, labels]. A change of age or sex runs it alone.
 */
export interface Graph {
  readonly encoder: readonly Operation[];
  readonly fusion: readonly Operation[];
}

function affine(name: string, ...shape: number[]): Affine {
  return {
    kernel: { name: `${name}.kernel`, shape },
    bias: { name: `${name}.bias`, shape: shape.slice(-1) },
  };
}

/** MBConv (Sandler et al. 2018): expand, depthwise, squeeze-excite, project, add. */
function blockOperations(name: string, input: string, block: Block): Operation[] {
  const { inputs, middle, outputs, squeezed, kernel, stride } = block;
  const expanded = middle === inputs ? input : `${name}.expand`;
  const expand: Pointwise = {
    kind: 'pointwise',
    input,
    output: expanded,
    ...affine(`${name}.expand`, 1, inputs, middle),
    activation: 'swish',
    gate: null,
    residual: null,
  };
  return [
    ...(middle === inputs ? [] : [expand]),
    {
      kind: 'depthwise',
      input: expanded,
      output: `${name}.depthwise`,
      ...affine(`${name}.depthwise`, kernel, middle),
      stride,
      activation: 'swish',
    },
    {
      kind: 'squeezeExcite',
      input: `${name}.depthwise`,
      output: `${name}.gate`,
      squeeze: affine(`${name}.squeeze`, middle, squeezed),
      excite: affine(`${name}.excite`, squeezed, middle),
    },
    {
      kind: 'pointwise',
      input: `${name}.depthwise`,
      output: name,
      ...affine(`${name}.project`, 1, middle, outputs),
      activation: 'none',
      gate: `${name}.gate`,
      residual: stride === 1 && inputs === outputs ? input : null,
    },
  ];
}

function perTime(output: string, input: string, weights: Affine, activation: Activation): Pointwise {
  return { kind: 'pointwise', input, output, ...weights, activation, gate: null, residual: null };
}

/**
 * EfficientNet (Tan & Le 2019) in one dimension, with age and sex attending to its feature sequence.
 *
 * @param leads channels of the input
 * @param labels number of logits
 */
export function buildGraph(architecture: Architecture, leads: number, labels: number): Graph {
  const { stem, head, fusion, pool } = architecture;
  const blocks = blockWidths(architecture);
  const stemWidth = blocks[0]?.inputs ?? 0;
  const lastWidth = blocks.at(-1)?.outputs ?? 0;
  const last = `b${blocks.length - 1}`;
  const { width } = fusion;
  const token = {
    age: {
      kind: 'ageToken',
      input: 'age',
      output: 'age.token',
      hidden: affine('age.hidden', 1, fusion.ageHidden),
      out: affine('age.out', fusion.ageHidden, width),
      unknown: { name: 'age.unknown', shape: [width] },
    },
    sex: { kind: 'sexToken', input: 'sex', output: 'sex.token', table: { name: 'sex.table', shape: [3, width] } },
  } as const satisfies Record<string, Operation>;
  return {
    encoder: [
      {
        kind: 'convolution',
        input: 'ecg',
        mask: 'mask',
        output: 'stem',
        ...affine('stem', stem.kernel, leads, stemWidth),
        missing: { name: 'stem.mask', shape: [leads, stemWidth] },
        stride: stem.stride,
        activation: 'swish',
      },
      ...blocks.flatMap((block, i) => blockOperations(`b${i}`, i === 0 ? 'stem' : `b${i - 1}`, block)),
      perTime('features', last, affine('head', 1, lastWidth, head.filters), 'swish'),
      { kind: 'pool', input: 'features', output: 'pooled', reductions: pool },
      perTime('keys', 'features', affine('keys', head.filters, width), 'none'),
      perTime('values', 'features', affine('values', head.filters, width), 'none'),
    ],
    fusion: [
      ...fusion.tokens.map((name) => token[name]),
      {
        kind: 'crossAttention',
        tokens: fusion.tokens.map((name) => token[name].output),
        keys: 'keys',
        values: 'values',
        output: 'attended',
        heads: fusion.heads,
        query: affine('query', width, width),
        attend: affine('attend', width, width),
        norm: {
          scale: { name: 'norm.scale', shape: [width] },
          offset: { name: 'norm.offset', shape: [width] },
          epsilon: 1e-5,
        },
      },
      {
        kind: 'linear',
        inputs: ['pooled', 'attended'],
        output: 'logits',
        ...affine('logits', pool.length * head.filters + fusion.tokens.length * width, labels),
      },
    ],
  };
}
