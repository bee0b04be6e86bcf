export { csvParts } from './csv';
export { analysis, analysisJson } from './json';
