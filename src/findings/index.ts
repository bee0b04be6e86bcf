export { alerts } from './alerts';
export { type Exchange, suspectedExchange, withoutAxes } from './electrodes';
export { filterNote, filterWarnings } from './filters';
export { ranges } from './ranges';
export { isPacedRhythm } from './st-alerts';
export { type Circumstances, statements, whyNothing } from './statements';
export { trendOf } from './trend';
export { weighed } from './weigh';
