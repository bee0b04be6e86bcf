export { batchCsv } from './batch-csv';
export { csvParts } from './csv';
export { analysis, analysisJson, analysisLine } from './json';
