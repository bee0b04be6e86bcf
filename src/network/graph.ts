import type { EfficientNetArchitecture } from '../ecg';

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

/** Over time and all channels: kernel [k, in, out]. With `missing`, plus a learned constant for each missing channel: [in, out] on 1 − mask. */
export interface Convolution extends Affine {
  readonly kind: 'convolution';
  readonly input: string;
  readonly output: string;
  readonly stride: number;
  readonly missing: { readonly mask: string; readonly constant: Weight } | null;
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

/** Each step of `input` [B, T, C] twice, plus `skip` [B, 2T, C]: nearest-neighbour upsampling on the way up a U-Net. */
export interface Upsample {
  readonly kind: 'upsample';
  readonly input: string;
  readonly skip: string;
  readonly output: string;
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
  readonly reductions: EfficientNetArchitecture['pool'];
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

/** Token [B, D] from wave features [B, 2W]: scaled values, 0 where unknown, then 1 where known. */
export interface WavesToken {
  readonly kind: 'wavesToken';
  readonly input: string;
  readonly output: string;
  readonly hidden: Affine;
  readonly out: Affine;
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
  | Upsample
  | SqueezeExcite
  | Pool
  | AgeToken
  | SexToken
  | WavesToken
  | CrossAttention
  | Linear;

/**
 * The classifier as plain data, in the order in which it runs. Whoever executes it (tfjs, own kernels, a recorded plan) walks these lists.
 *
 * `encoder`: `ecg` [B, T, leads], `mask` [B, leads] (1 = present) → `pooled` [B, 2F], `keys` and `values` [B, T', D].
 * `fusion`: those three, `age` [B, 2], `sex` [B, 3] and, where the architecture asks for them, `waves` [B, 2W] → `logits` [B, labels]. A change of age or sex runs it alone.
 */
export interface Graph {
  readonly encoder: readonly Operation[];
  readonly fusion: readonly Operation[];
}
