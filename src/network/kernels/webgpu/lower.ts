import type { Convolution, Depthwise, Operation, Weight } from '../../graph';
import { attention } from '../wgsl/attention';
import { convolution } from '../wgsl/convolution';
import { depthwise } from '../wgsl/depthwise';
import { linear } from '../wgsl/linear';
import { pointwise } from '../wgsl/pointwise';
import { pool } from '../wgsl/pool';
import type { Cut, Dispatch } from '../wgsl/program';
import { squeezeExcite } from '../wgsl/squeeze-excite';
import { type Token, token, type WeightAt } from '../wgsl/tokens';
import { upsample } from '../wgsl/upsample';
import type { Piece } from './slabs';

/** What an operation is lowered with. */
export interface Room {
  readonly cut: Cut;
  readonly value: (name: string) => Piece;
  readonly weight: (weight: Weight) => Piece;
  /** All weights, and where each begins among them, in numbers. */
  readonly weights: Piece;
  readonly weightAt: WeightAt;
  /** Whether a squeeze-excite reads this value. */
  readonly squeezed: (name: string) => boolean;
  /** What a depthwise convolution summed up for it, and over how many steps. */
  readonly sumsOf: (name: string) => { readonly sums: Piece; readonly steps: number };
  /** The operation of a token that only the attention reads, which computes it itself; null for a value that is there. */
  readonly token: (name: string) => Token | null;
}

/** An operation as one dispatch. */
export function lower(op: Operation, room: Room): Dispatch<Piece> {
  const { cut, value, weight } = room;
  switch (op.kind) {
    case 'convolution': {
      const missing = op.missing && { mask: value(op.missing.mask), constant: weight(op.missing.constant) };
      return convolution(value(op.input), weight(op.kernel), weight(op.bias), missing, formOf(op), cut);
    }
    case 'depthwise': {
      const summed = room.squeezed(op.output);
      return depthwise(value(op.input), weight(op.kernel), weight(op.bias), formOf(op), summed, cut);
    }
    case 'pointwise': {
      const gate = op.gate === null ? null : value(op.gate);
      const residual = op.residual === null ? null : value(op.residual);
      const swish = op.activation === 'swish';
      return pointwise(value(op.input), weight(op.kernel), weight(op.bias), gate, residual, swish, cut);
    }
    case 'squeezeExcite': {
      const { sums, steps } = room.sumsOf(op.input);
      const [k1, b1] = [weight(op.squeeze.kernel), weight(op.squeeze.bias)];
      return squeezeExcite(sums, k1, b1, weight(op.excite.kernel), weight(op.excite.bias), steps, cut);
    }
    case 'upsample':
      return upsample(value(op.input), value(op.skip));
    case 'pool':
      return pool(value(op.input), op.reductions);
    case 'ageToken':
    case 'sexToken':
    case 'wavesToken':
      return token(op, value(op.input), room.weights, room.weightAt, cut);
    case 'crossAttention': {
      const made = op.tokens.map((name) => room.token(name));
      const whole = made.every((one) => one !== null);
      const inputs = op.tokens.map((name, i) => value(whole ? (made[i]?.input ?? name) : name));
      const [keys, values] = [value(op.keys), value(op.values)];
      return attention(op, made, inputs, keys, values, room.weights, room.weightAt, cut);
    }
    case 'linear': {
      const inputs = op.inputs.map(value);
      return linear(inputs, weight(op.kernel), weight(op.bias), cut);
    }
  }
}

const formOf = ({ kernel, stride, activation }: Convolution | Depthwise) => ({
  taps: kernel.shape[0] ?? 1,
  stride,
  swish: activation === 'swish',
});
