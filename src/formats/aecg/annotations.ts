import type { DeviceMeasurements } from '../../ecg';
import { measurementsOf } from '../facts';
import { all, attribute, deep, find, numberOf, type XmlElement } from '../xml';

/** Codes of ISO 11073-10102 for each measurement, the best first; a global value has `_GL` in some files. */
const CODES = {
  heartRateBpm: [
    'MDC_ECG_HEART_RATE',
    'MDC_ECG_HEART_RATE_VENTRICULAR',
    'MDC_ECG_VENT_RATE',
    'MDC_ECG_VENTRICULAR_RATE',
  ],
  prMs: ['MDC_ECG_TIME_PD_PR', 'MDC_ECG_TIME_PD_PQ'],
  qrsMs: ['MDC_ECG_TIME_PD_QRS'],
  qtMs: ['MDC_ECG_TIME_PD_QT'],
} as const;
const STATEMENT = /^MDC_ECG_(INTERPRETATION(_STATEMENT|_SUMMARY|_COMMENT)?|RHY)$/;

/**
 * What the device measured: the representative beat's values where the file has one, else the median over the beats.
 *
 * @param series the rhythm series first, then those derived from it
 */
export function measurementsIn(series: readonly XmlElement[]): DeviceMeasurements | null {
  const annotations = [...series].reverse().map(globalAnnotations);
  const median = (codes: readonly string[]): number | null => {
    const wanted = codes.flatMap((code) => [`${code}_GL`, code]);
    for (const code of wanted) {
      for (const set of annotations) {
        const values = set.flatMap((one) => (attribute(find(one, 'code'), 'code') === code ? quantityOf(one) : []));
        const middle = values.sort((a, b) => a - b)[values.length >> 1];
        if (middle !== undefined) return middle;
      }
    }
    return null;
  };
  const rr = median(['MDC_ECG_TIME_PD_RR']);
  return measurementsOf({
    heartRateBpm: median(CODES.heartRateBpm) ?? (rr ? Math.round(60_000 / rr) : null),
    prMs: median(CODES.prMs),
    qrsMs: median(CODES.qrsMs),
    qtMs: median(CODES.qtMs),
  });
}

/** The annotations that are not, and do not stand within one that is, of a single lead: its matrix of values is not the whole ECG's. */
function globalAnnotations(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child): readonly XmlElement[] => {
    if (child.name !== 'annotation') return globalAnnotations(child);
    const boundaries = all(find(child, 'support', 'supportingROI'), 'component').map((one) =>
      find(one, 'boundary', 'code'),
    );
    const ofLead = boundaries.some((code) => attribute(code, 'code').startsWith('MDC_ECG_LEAD_'));
    return ofLead ? [] : [child, ...globalAnnotations(child)];
  });
}

/** What the device or a reader said in words, in the order of the file, each once. */
export function statementsIn(series: readonly XmlElement[]): readonly string[] {
  const annotations = series.flatMap((one) => deep(one, 'annotation'));
  const said = annotations.flatMap((one) => {
    if (!STATEMENT.test(attribute(find(one, 'code'), 'code'))) return [];
    const value = find(one, 'value');
    const text =
      value?.text || attribute(value, 'displayName') || find(value, 'originalText')?.text || attribute(value, 'code');
    return text ? [text.replace(/\s+/g, ' ')] : [];
  });
  return [...new Set(said)];
}

/** A quantity in ms or bpm. */
function quantityOf(annotation: XmlElement): number[] {
  const value = find(annotation, 'value');
  const number = numberOf(attribute(value, 'value'));
  return number === null ? [] : [attribute(value, 'unit') === 's' ? number * 1000 : number];
}
