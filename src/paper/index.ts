export { annotationLabels } from './annotations';
export { type Area, type Band, type BandKind, beatLabels, type Tick, ticks, waveBands } from './bands';
export { arrangeBeats, type BeatCell, type BeatSheet, type BeatStack } from './beat-sheet';
export {
  type Caliper,
  type CaliperPoint,
  type CaliperReading,
  caliperReading,
  caliperTraces,
  heightOf,
  marchesOn,
  placeOn,
  pointAt,
  snapTime,
  traceAt,
} from './calipers';
export { type Drawing, draw, type Line } from './draw';
export { gridLines } from './grid';
export { type Heat, heatAreas } from './heat';
export { type Arrangement, isChest, LAYOUTS, type LayoutId, layoutsFor, STANDARD_ARRANGEMENT } from './layouts';
export { bandAt, clamp, type Handle, handlesOf, limitsOf, nextHandle, timeAt } from './marks';
export type { PaperNotes } from './notes';
export { nextBeat, nextWindow, rrColumns } from './overview';
export { lastPageStart, PAGE_S, pageCount, turnPage } from './pages';
export { type Readout, readout } from './readout';
export { arrange, type Label, type Sheet, type Trace } from './sheet';
export { otherBeats, type SingleBeat, singleBeats } from './single-beats';
export { type Interval, intervalAreas } from './spans';
export { superposed } from './superposed';
export { GAINS, type PaperScale, SPEEDS, STANDARD_SCALE, toMm, toMv, toSeconds } from './units';
