export { signalWarnings } from './consistency';
export { assessQuality, leadsWithSignal } from './quality';
export { stretch } from './stretch';
export { stretchWarnings, summarise } from './summary';
