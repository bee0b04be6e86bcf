import { LEADS, type Lead, type Sex } from '../ecg';
import type { Simulated } from './index';

/** Units per mV: 1 µV a step, as PTB-XL has it. */
const GAIN = 1000;
/** Format 16's mark for a missing sample. */
const MISSING = -32768;

export interface WfdbText {
  readonly leads?: readonly Lead[];
  readonly ageYears: number;
  readonly sex: Sex;
  /** What was simulated: becomes the comment `#Simulated: …`, by which every reader of the file knows what it is. */
  readonly simulated: string;
}

/**
 * A simulated ECG as a WFDB record: `NAME.hea` and `NAME.dat` in format 16, the leads interleaved, little endian.
 *
 * Each signal line has its first value and the 16-bit sum of its samples, as header(5) asks (Moody, WFDB Applications Guide).
 */
export function toWfdb(
  name: string,
  simulated: Simulated,
  { leads = LEADS, ageYears, sex, simulated: description }: WfdbText,
): { readonly hea: string; readonly dat: Uint8Array<ArrayBuffer> } {
  const { samplingRateHz, leads: signals } = simulated;
  const length = signals.I.length;
  const dat = new Uint8Array(length * leads.length * 2);
  const view = new DataView(dat.buffer);
  const lines = leads.map((lead, column) => {
    let sum = 0;
    signals[lead].forEach((mv, n) => {
      const units = Number.isNaN(mv) ? MISSING : Math.max(-32767, Math.min(32767, Math.round(mv * GAIN)));
      sum = (sum + units) | 0;
      view.setInt16((n * leads.length + column) * 2, units, true);
    });
    const checksum = (sum << 16) >> 16;
    const first = length > 0 ? view.getInt16(column * 2, true) : 0;
    return `${name}.dat 16 ${GAIN}(0)/mV 16 0 ${first} ${checksum} 0 ${lead}`;
  });
  const comments = [`#Age: ${ageYears}`, `#Sex: ${sex}`, `#Simulated: ${description}`];
  const hea = [`${name} ${leads.length} ${samplingRateHz} ${length}`, ...lines, ...comments, ''].join('\n');
  return { hea, dat };
}
