export { signalWarnings } from './consistency';
export { filteredStretch } from './display-filter';
export { assessQuality, leadsWithSignal } from './quality';
export { qualityFeatures } from './quality-features';
export { asLeadOne } from './single-lead';
export { partOf, stretch } from './stretch';
export { stretchWarnings, summarise } from './summary';
