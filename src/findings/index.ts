export { alerts } from './alerts';
export { type Circumstances, statements, whyNothing } from './statements';
