export { measure, NO_WAVES, type Waves } from './measure';
export type { Pause } from './pause';
