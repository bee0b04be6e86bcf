export { type Found, joinParts, partsBehind, searchPart } from './beyond';
export { placeDeviceBeat } from './device-beat';
export type { Delineation } from './lead-waves';
export { measure, measureSeen, NO_WAVES, type Waves } from './measure';
export { type NetworkFeatures, networkFeatures } from './network-features';
export type { Pause } from './pause';
export { ENOUGH_AGREEMENT, type Seen } from './rhythm';
export { type RhythmFeatures, rhythmFeatures } from './rhythm-features';
