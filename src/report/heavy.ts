/** The exports that bring much code along: loaded apart from the page. */
export { fhirBundle } from './fhir';
export { documentPdf, documentPng } from './page';
