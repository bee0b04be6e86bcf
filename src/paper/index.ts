export { type Band, type BandKind, waveBands } from './bands';
export { type Drawing, draw, type Line } from './draw';
export { gridLines } from './grid';
export { LAYOUTS, type LayoutId } from './layouts';
export { lastPageStart, PAGE_S, pageCount, turnPage } from './pages';
export { arrange, type Label, type Sheet } from './sheet';
export { type PaperScale, STANDARD_SCALE, scaleText, toMv, toSeconds } from './units';
