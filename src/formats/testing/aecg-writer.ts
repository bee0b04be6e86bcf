import type { ByteSource } from '../../ecg';
import { bytesOf } from '../sources';

/** A lead of an aECG to be written: its digits, which times `scaleUv` plus `originUv` are its microvolts. */
export interface WrittenLead {
  /** As in `MDC_ECG_LEAD_V1`. */
  readonly code: string;
  readonly digits: readonly number[];
  readonly scaleUv?: number;
  readonly originUv?: number;
}

/** One stretch of time: leads that begin together. */
export interface WrittenSet {
  readonly rateHz: number;
  readonly leads: readonly WrittenLead[];
  /** HL7 timestamp of the first sample. */
  readonly start?: string;
}

/** A series: `RHYTHM` or `REPRESENTATIVE_BEAT`. */
export function series(code: string, sets: readonly WrittenSet[], rest = ''): string {
  const body = sets.map(({ rateHz, leads, start = '20200131100000.000' }) => {
    const time = `<sequence><code code="TIME_ABSOLUTE" codeSystem="2.16.840.1.113883.5.4"/>
      <value xsi:type="GLIST_TS"><head value="${start}"/><increment value="${1 / rateHz}" unit="s"/></value></sequence>`;
    return `<component><sequenceSet>${[time, ...leads.map(sequence)].map((one) => `<component>${one}</component>`).join('')}</sequenceSet></component>`;
  });
  return `<series><code code="${code}" codeSystem="2.16.840.1.113883.5.4"/>${body.join('')}${rest}</series>`;
}

function sequence({ code, digits, scaleUv = 1, originUv = 0 }: WrittenLead): string {
  return `<sequence><code code="${code}" codeSystem="2.16.840.1.113883.6.24"/><value xsi:type="SLIST_PQ">
    <origin value="${originUv}" unit="uV"/><scale value="${scaleUv}" unit="uV"/><digits>${digits.join(' ')}</digits></value></sequence>`;
}

/** An annotation as devices write them; `unit` is of a quantity, else `value` is a text. */
export function annotation(code: string, value: string | number, unit?: string): string {
  const written = unit
    ? `<value xsi:type="PQ" value="${value}" unit="${unit}"/>`
    : `<value xsi:type="ST">${value}</value>`;
  return `<component><annotation><code code="${code}"/>${written}</annotation></component>`;
}

/** An annotated ECG of some series, with the subject that `person` describes. */
export function writeAecg(name: string, all: readonly string[], person = ''): ByteSource {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" type="Observation">
  <effectiveTime><center value="20200131100000"/></effectiveTime>
  <componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject><id root="1.2.3" extension="S-1"/>
    <subjectDemographicPerson>${person}</subjectDemographicPerson>
  </trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>
  ${all.map((one) => `<component>${one}</component>`).join('\n')}
</AnnotatedECG>`;
  return bytesOf(name, new TextEncoder().encode(text));
}
