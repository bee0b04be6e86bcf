export type { Delineation } from './lead-waves';
export { ENOUGH_AGREEMENT, measure, NO_WAVES, type Waves } from './measure';
export type { Pause } from './pause';
