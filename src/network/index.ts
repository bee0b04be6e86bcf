export { createNetwork, type Encoded, type Network } from './network';
export { type Weights, weightShapes } from './weights';
