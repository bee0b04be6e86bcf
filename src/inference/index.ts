export { type BackendChoice, chooseBackend, type Started } from './backend';
export { createDelineator, type Delineator } from './delineate';
export type { Demographics } from './demographics';
export type { EcgSource, EncodedEcg, NotAssessed } from './encode';
export { type Head, loadHead } from './head';
export { loadDelineator, loadModel, type Model } from './model';
export type { Occlusion } from './occlude';
export type { OwnFile } from './own';
export { scoreQuality } from './quality-head';
export { fasterOf, type Running } from './rival';
export {
  createSession,
  createSessionBeside,
  type Scores,
  type Session,
} from './session';
export { type RhythmReader, rhythmReader } from './single-lead';
export type { WaveFeatures } from './wave-inputs';
export { coverageWarnings } from './windows';
