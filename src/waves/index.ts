export { placeDeviceBeat } from './device-beat';
export type { Delineation } from './lead-waves';
export { ENOUGH_AGREEMENT, measure, measureSeen, NO_WAVES, type Seen, type Waves } from './measure';
export { type NetworkFeatures, networkFeatures } from './network-features';
export type { Pause } from './pause';
