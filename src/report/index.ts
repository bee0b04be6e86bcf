export { batchCsv } from './batch-csv';
export { compareReadings, comparisonText, isIdentified, isSeen, matchIdentity } from './comparison';
export { csvParts } from './csv';
export { deidentified, deidentifiedAnalysis, leadName, NO_NAME, withoutWriting } from './deidentify';
export { analysis, analysisJson, analysisLine } from './json';
export type { Document, PaperName, Paragraph } from './page';
export { type SvgSheet, svgBeats, svgSheet } from './page/svg';
export { addStatement, changeStatement, confirmReport, reopenReport, reportOf, reportText } from './written';
