export type { BackendChoice } from './backend';
export type { Demographics } from './demographics';
export { loadModel, type Model } from './model';
export { createSession, type EcgSource, type EncodedEcg, type NotAssessed, type Scores, type Session } from './session';
export { coverageWarnings } from './windows';
