import type { Architecture } from '../ecg';
import { buildGraph } from './build';
import type { Affine, Graph, Operation, Weight } from './graph';

/** Every weight of the network by its name, as plain numbers in the manifest's layout. */
export type Weights = ReadonlyMap<string, Float32Array<ArrayBuffer>>;

const of = ({ kernel, bias }: Affine): Weight[] => [kernel, bias];

/** The weights of one operation, in the manifest's order. */
export function operationWeights(operation: Operation): Weight[] {
  switch (operation.kind) {
    case 'convolution':
      return [...of(operation), operation.missing];
    case 'depthwise':
    case 'pointwise':
    case 'linear':
      return of(operation);
    case 'squeezeExcite':
      return [...of(operation.squeeze), ...of(operation.excite)];
    case 'pool':
      return [];
    case 'ageToken':
      return [...of(operation.hidden), ...of(operation.out), operation.unknown];
    case 'sexToken':
      return [operation.table];
    case 'crossAttention':
      return [...of(operation.query), ...of(operation.attend), operation.norm.scale, operation.norm.offset];
  }
}

export function graphWeights({ encoder, fusion }: Graph): Weight[] {
  return [...encoder, ...fusion].flatMap(operationWeights);
}

/** Name → shape of every weight, in the order in which the manifest lists them. The manifest is held against it. */
export function weightShapes(
  architecture: Architecture,
  leads: number,
  labels: number,
): ReadonlyMap<string, readonly number[]> {
  return new Map(graphWeights(buildGraph(architecture, leads, labels)).map(({ name, shape }) => [name, shape]));
}
