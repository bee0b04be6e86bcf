export { alerts } from './alerts';
export { ranges } from './ranges';
export { type Circumstances, statements, whyNothing } from './statements';
