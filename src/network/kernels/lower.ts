import type { Affine, Convolution, CrossAttention, Depthwise, Operation, Pointwise, SqueezeExcite } from '../graph';
import type { Place, Room } from './program';

const BYTES = 4;

/** Rows that `multiply` scales by a gate at a time. */
const GATED_ROWS = 54;

/** An operation as calls of our kernels. Inputs of a batch lie one after another; what a kernel takes one at a time is called for each. */
export function lower(op: Operation, room: Room): Place {
  const { kernels, call, value } = room;
  switch (op.kind) {
    case 'convolution':
      return convolution(op, room);
    case 'depthwise':
      return depthwise(op, room);
    case 'pointwise':
      return pointwise(op, room);
    case 'squeezeExcite':
      return squeezeExcite(op, room);
    case 'upsample': {
      const { at, batch, steps, channels } = sequence(value(op.input));
      const skip = value(op.skip).at;
      const out = room.output(batch, 1, 2 * steps, channels);
      // Pairs of steps do not care where a member of the batch ends.
      call(() => kernels.upsample(at, skip, out.at, batch * steps, channels));
      return out;
    }
    case 'pool': {
      const { batch, steps, channels, member } = sequence(value(op.input));
      const width = op.reductions.length * channels;
      const out = room.output(batch, width);
      for (let b = 0; b < batch; b++) {
        for (const [i, reduction] of op.reductions.entries()) {
          const to = out.at + (b * width + i * channels) * BYTES;
          call(() => kernels.reduceTime(member(b), to, steps, channels, Number(reduction === 'mean')));
        }
      }
      return out;
    }
    case 'ageToken': {
      const age = value(op.input);
      const token = dense(room, dense(room, age, op.hidden, { swish: true }), op.out, { kept: true });
      const [rows = 1, width = 1] = token.shape;
      const unknown = room.weight(op.unknown);
      call(() => kernels.knownOr(age.at, token.at, unknown, rows, width));
      return token;
    }
    case 'sexToken':
      return dense(room, value(op.input), { kernel: op.table, bias: null }, { kept: true });
    case 'wavesToken':
      return dense(room, dense(room, value(op.input), op.hidden, { swish: true }), op.out, { kept: true });
    case 'crossAttention':
      return crossAttention(op, room);
    case 'linear':
      return dense(room, joined(room, op.inputs), op, { kept: true });
  }
}

function convolution(op: Convolution, room: Room): Place {
  const { kernels, call } = room;
  const { batch, steps, channels, member } = sequence(room.value(op.input));
  const [taps = 1, , width = 1] = op.kernel.shape;
  const count = Math.ceil(steps / op.stride);
  const side = ((taps - 1) / 2) * channels;
  const out = room.output(batch, 1, count, width);
  const padded = room.scratch(steps * channels + 2 * side).at;
  const [panels, bias] = [room.weight(op.kernel), room.weight(op.bias)];
  const own = op.missing && {
    mask: room.value(op.missing.mask).at,
    constant: room.weight(op.missing.constant),
    sum: room.scratch(width).at,
  };
  for (let b = 0; b < batch; b++) {
    const to = out.at + b * count * width * BYTES;
    call(() => kernels.pad(member(b), padded, side * BYTES, steps * channels * BYTES));
    if (own) {
      const mask = own.mask + b * channels * BYTES;
      call(() => kernels.missing(mask, own.constant, bias, own.sum, channels, width));
    }
    const [step, depth, swish] = [op.stride * channels * BYTES, taps * channels, Number(op.activation === 'swish')];
    call(() => kernels.multiply(padded, step, 0, 0, panels, own?.sum ?? bias, to, count, depth, width, swish, 0));
  }
  return out;
}

function depthwise(op: Depthwise, room: Room): Place {
  const { batch, steps, channels, member } = sequence(room.value(op.input));
  const [taps = 1] = op.kernel.shape;
  const count = Math.ceil(steps / op.stride);
  const out = room.output(batch, 1, count, channels);
  const [kernel, bias, swish] = [room.weight(op.kernel), room.weight(op.bias), Number(op.activation === 'swish')];
  for (let b = 0; b < batch; b++) {
    const to = out.at + b * count * channels * BYTES;
    room.call(() => room.kernels.depthwise(member(b), kernel, bias, to, steps, channels, taps, op.stride, swish));
  }
  return out;
}

function pointwise(op: Pointwise, room: Room): Place {
  const { at, batch, steps, channels } = sequence(room.value(op.input));
  const width = op.bias.shape[0] ?? 1;
  const out = room.output(batch, 1, steps, width);
  const gate = op.gate === null ? null : { at: room.value(op.gate).at, scratch: room.scratch(GATED_ROWS, channels).at };
  const residual = op.residual === null ? 0 : room.value(op.residual).at;
  const [panels, bias, swish] = [room.weight(op.kernel), room.weight(op.bias), Number(op.activation === 'swish')];
  // Without a gate the whole batch is one product.
  const parts = gate ? batch : 1;
  const rows = (batch * steps) / parts;
  for (let part = 0; part < parts; part++) {
    const from = at + part * rows * channels * BYTES;
    const by = gate ? gate.at + part * channels * BYTES : 0;
    const to = part * rows * width * BYTES;
    const [scratch, added] = [gate?.scratch ?? 0, residual && residual + to];
    room.call(() =>
      room.kernels.multiply(
        from,
        channels * BYTES,
        by,
        scratch,
        panels,
        bias,
        out.at + to,
        rows,
        channels,
        width,
        swish,
        added,
      ),
    );
  }
  return out;
}

function squeezeExcite(op: SqueezeExcite, room: Room): Place {
  const { batch, steps, channels, member } = sequence(room.value(op.input));
  const squeezed = op.squeeze.bias.shape[0] ?? 1;
  const out = room.output(batch, channels);
  const scratch = room.scratch(channels + squeezed).at;
  const [k1, b1] = [room.weight(op.squeeze.kernel), room.weight(op.squeeze.bias)];
  const [k2, b2] = [room.weight(op.excite.kernel), room.weight(op.excite.bias)];
  for (let b = 0; b < batch; b++) {
    const to = out.at + b * channels * BYTES;
    room.call(() => room.kernels.squeezeExcite(member(b), k1, b1, k2, b2, to, scratch, steps, channels, squeezed));
  }
  return out;
}

function crossAttention(op: CrossAttention, room: Room): Place {
  const { kernels, call } = room;
  const keys = sequence(room.value(op.keys));
  const values = sequence(room.value(op.values));
  const { batch, steps, channels: width } = keys;
  const count = op.tokens.length;
  const tokens = { ...joined(room, op.tokens), shape: [batch * count, width] };
  const query = dense(room, tokens, op.query, {});
  const read = room.scratch(batch * count, width);
  const weights = room.scratch(steps).at;
  for (let b = 0; b < batch; b++) {
    const row = b * count * width * BYTES;
    call(() =>
      kernels.attend(
        query.at + row,
        keys.member(b),
        values.member(b),
        read.at + row,
        weights,
        count,
        steps,
        op.heads,
        width,
      ),
    );
  }
  const attended = dense(room, read, op.attend, { kept: true, residual: tokens.at });
  const [scale, offset, epsilon] = [room.weight(op.norm.scale), room.weight(op.norm.offset), op.norm.epsilon];
  call(() => kernels.normalise(attended.at, scale, offset, epsilon, batch * count, width));
  return { ...attended, shape: [batch, count * width] };
}

/** Rows [n, in] · kernel [in, out] + bias, where the first `in` numbers of a row count. */
function dense(
  { kernels, call, weight, zeros, output, scratch }: Room,
  { at, shape }: Place,
  { kernel, bias }: Omit<Affine, 'bias'> & { readonly bias: Affine['bias'] | null },
  { swish = false, residual = 0, kept = false },
): Place {
  const [rows = 1, row = 1] = shape;
  const [depth = 1, width = 1] = kernel.shape.slice(-2);
  const out = kept ? output(rows, width) : scratch(rows, width);
  const [panels, added] = [weight(kernel), bias ? weight(bias) : zeros];
  call(() =>
    kernels.multiply(at, row * BYTES, 0, 0, panels, added, out.at, rows, depth, width, Number(swish), residual),
  );
  return out;
}

/** Vectors [B, C], side by side. */
function joined({ kernels, call, value, scratch }: Room, names: readonly string[]): Place {
  const parts = names.map((name) => value(name));
  const widths = parts.map(({ shape }) => shape[1] ?? 0);
  const [rows = 1] = parts[0]?.shape ?? [];
  const width = widths.reduce((sum, each) => sum + each, 0);
  const out = scratch(rows, width);
  let column = out.at;
  for (const [i, { at }] of parts.entries()) {
    const [to, bytes] = [column, (widths[i] ?? 0) * BYTES];
    call(() => kernels.place(at, to, rows, bytes, width * BYTES));
    column += bytes;
  }
  return out;
}

/** A sequence [B, 1, T, C] and the address of each member of the batch. */
function sequence({ at, shape }: Place) {
  const [batch = 1, , steps = 1, channels = 1] = shape;
  return { at, batch, steps, channels, member: (b: number) => at + b * steps * channels * BYTES };
}
