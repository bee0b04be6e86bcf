export { alerts } from './alerts';
export { type Exchange, suspectedExchange, withoutAxes } from './electrodes';
export { ranges } from './ranges';
export { type Circumstances, statements, whyNothing } from './statements';
