export { costOf } from './cost';
export { keepExecutors } from './executor';
export { allFinite } from './finite';
export { createNetwork, type Encoded, type Network } from './network';
export { createSegmenter, type Segmenter } from './segmenter';
export { reach, rowMultiple } from './unet';
export { cardOperations, type Weights, weightShapes } from './weights';
