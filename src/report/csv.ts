import type { Ecg, EcgLead, RecordingSummary } from '../ecg';
import { cell } from './cells';

/** Seconds of signal that are turned into text at a time. */
const CHUNK_S = 60;

/**
 * The decoded signal as CSV: `time_s`, then one column per lead in its unit, one row per sample at the recording's rate,
 * empty where a sample is missing. Leads of a lower rate are brought to it by linear interpolation.
 *
 * @param window reads all leads of a stretch; @returns the text in parts, so that a long recording need not be one string
 */
export async function csvParts(
  recording: RecordingSummary,
  window: (startS: number, durationS: number) => Promise<Ecg>,
): Promise<readonly string[]> {
  const rate = recording.samplingRateHz;
  const parts = [`${['time_s', ...recording.leads.map(({ name }) => cell(name))].join(',')}\n`];
  for (let startS = 0; startS < recording.durationS; startS += CHUNK_S) {
    const ecg = await window(startS, CHUNK_S);
    const first = Math.round(startS * rate);
    const count = Math.round((startS + ecg.durationS) * rate) - first;
    const columns = ecg.leads.map((lead) => atRate(lead, rate, count));
    const rows: string[] = [];
    for (let i = 0; i < count; i++) {
      rows.push([Number(((first + i) / rate).toFixed(6)), ...columns.map((column) => number(column[i]))].join(','));
    }
    parts.push(`${rows.join('\n')}\n`);
  }
  return parts;
}

/** Seven digits hold every float32 and every step of a converter of up to 23 bits. */
function number(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(Number(value.toPrecision(7)));
}

function atRate({ samples, samplingRateHz }: EcgLead, rate: number, count: number): Float32Array {
  if (samplingRateHz === rate) return samples;
  return Float32Array.from({ length: count }, (_, i) => {
    const position = (i * samplingRateHz) / rate;
    const left = Math.floor(position);
    const a = samples[left] ?? Number.NaN;
    const share = position - left;
    return share === 0 ? a : a + share * ((samples[left + 1] ?? Number.NaN) - a);
  });
}
