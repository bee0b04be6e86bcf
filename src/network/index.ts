export { buildGraph, type Graph, type Operation, type Weight } from './graph';
export { createNetwork, type Encoded, type Network } from './network';
export { type Weights, weightShapes } from './weights';
