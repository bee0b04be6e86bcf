import { EcgError, type Warning } from '../../ecg';
import { base64Bytes, int16 } from '../base64';
import type { DecodedSignal } from '../in-memory';
import { numberAt, textAt, type XmlElement } from '../xml';

/** The default of GE's `restecg.dtd`. */
const NO_UNIT: Warning = {
  code: 'UNIT_ASSUMED',
  message: 'A lead names no unit; where it does not, MUSE means microvolts.',
};

/** A lead of a MUSE waveform, and a warning when it has another length than it says. */
export function museLead(
  lead: XmlElement,
  samplingRateHz: number,
  where: string,
): { readonly signal: DecodedSignal; readonly warnings: readonly Warning[] } {
  const spelling = textAt(lead, 'LeadID');
  const size = numberAt(lead, 'LeadSampleSize') ?? 2;
  const scale = numberAt(lead, 'LeadAmplitudeUnitsPerBit');
  const stated = textAt(lead, 'LeadAmplitudeUnits');
  const bytes = base64Bytes(textAt(lead, 'WaveFormData'));
  if (size !== 2 || !bytes) {
    const detail = {
      expected: '16-bit samples in base64',
      found: bytes ? `${size} bytes a sample` : 'no base64',
      where,
    };
    throw new EcgError('CORRUPT_FILE', `Lead ${spelling} of ${where} is stored in a way that is not read.`, detail);
  }
  const baseline = numberAt(lead, 'FirstSampleBaseline') ?? 0;
  const values = int16(bytes).map((value) => (value - baseline) * (scale ?? 1));
  const claimed = numberAt(lead, 'LeadSampleCountTotal');
  const warnings: Warning[] = [];
  if (claimed !== null && claimed !== values.length) {
    const message = `Lead ${spelling} has ${values.length} samples, not ${claimed} as the file says.`;
    warnings.push({ code: 'LENGTH_FROM_DATA', message });
  }
  const unit = scale === null ? 'counts' : stated || 'MICROVOLTS';
  if (scale !== null && stated === '') {
    warnings.push(NO_UNIT);
  }
  return { signal: { spelling, unit, samplingRateHz, values }, warnings };
}
