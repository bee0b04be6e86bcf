import type { EfficientNetArchitecture } from '../ecg';
import { type Block, blockWidths } from './blocks';
import type { Activation, Affine, Graph, Operation, Pointwise } from './graph';

/** The weights of something linear, named after it; the bias has the kernel's last dimension. */
export function affine(name: string, ...shape: number[]): Affine {
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

/** A pointwise operation without gate or residual. */
export function perTime(output: string, input: string, weights: Affine, activation: Activation): Pointwise {
  return { kind: 'pointwise', input, output, ...weights, activation, gate: null, residual: null };
}

/**
 * EfficientNet (Tan & Le 2019) in one dimension, with age, sex and perhaps wave features attending to its feature sequence.
 *
 * @param leads channels of the input
 * @param labels number of logits
 */
export function buildGraph(architecture: EfficientNetArchitecture, leads: number, labels: number): Graph {
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
    waves: {
      kind: 'wavesToken',
      input: 'waves',
      output: 'waves.token',
      hidden: affine('waves.hidden', 2 * (fusion.waves ?? 0), fusion.wavesHidden ?? 0),
      out: affine('waves.out', fusion.wavesHidden ?? 0, width),
    },
  } as const satisfies Record<string, Operation>;
  return {
    encoder: [
      {
        kind: 'convolution',
        input: 'ecg',
        output: 'stem',
        ...affine('stem', stem.kernel, leads, stemWidth),
        missing: { mask: 'mask', constant: { name: 'stem.mask', shape: [leads, stemWidth] } },
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
