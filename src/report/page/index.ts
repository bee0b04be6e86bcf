export { type Document, PAPERS, type PaperName, type Paragraph } from './document';
export { documentPdf } from './pdf';
export { documentPng } from './png';
