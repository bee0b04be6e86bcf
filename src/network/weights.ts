import { type AnyCard, isDelineator } from '../ecg';
import { buildGraph } from './build';
import type { Affine, Operation, Weight } from './graph';
import { buildUNet } from './unet';

/** Every weight of the network by its name, as plain numbers in the manifest's layout. */
export type Weights = ReadonlyMap<string, Float32Array<ArrayBuffer>>;

const of = ({ kernel, bias }: Affine): Weight[] => [kernel, bias];

/** The weights of one operation, in the manifest's order. */
export function operationWeights(operation: Operation): Weight[] {
  switch (operation.kind) {
    case 'convolution':
      return [...of(operation), ...(operation.missing ? [operation.missing.constant] : [])];
    case 'depthwise':
    case 'pointwise':
    case 'linear':
      return of(operation);
    case 'squeezeExcite':
      return [...of(operation.squeeze), ...of(operation.excite)];
    case 'pool':
    case 'upsample':
      return [];
    case 'ageToken':
      return [...of(operation.hidden), ...of(operation.out), operation.unknown];
    case 'sexToken':
      return [operation.table];
    case 'wavesToken':
      return [...of(operation.hidden), ...of(operation.out)];
    case 'crossAttention':
      return [...of(operation.query), ...of(operation.attend), operation.norm.scale, operation.norm.offset];
  }
}

/** All operations of the network that a card describes, in the order in which they run. */
export function cardOperations(card: AnyCard): readonly Operation[] {
  if (isDelineator(card)) return buildUNet(card.architecture);
  const { encoder, fusion } = buildGraph(card.architecture, card.input.leads.length, card.labels.length);
  return [...encoder, ...fusion];
}

/** Name → shape of every weight, in the order in which the manifest lists them. The manifest is held against it. */
export function weightShapes(operations: readonly Operation[]): ReadonlyMap<string, readonly number[]> {
  return new Map(operations.flatMap(operationWeights).map(({ name, shape }) => [name, shape]));
}
