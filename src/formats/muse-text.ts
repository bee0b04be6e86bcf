import { type ByteSource, EcgError, LEADS, type Recording, type Warning } from '../ecg';
import { inMemoryRecording } from './in-memory';
import { answeredRate, checkAbort, type Reader, type ReadOptions } from './reader';

const HEADING = /^\s*Rhythm signal:\s*(\d+)\s*X\s*(\d+)[^\n]*\n/i;
/** What MUSE stores of a resting ECG. */
const RHYTHM_SECONDS = 10;
const RATES = [250, 500, 1000];
const EIGHT = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const MAX_BYTES = 2 ** 26;

/**
 * MUSE's text export: `Rhythm signal: 5000 X 12` and a row of whole numbers for each sample. It says neither rate, nor unit, nor leads: the rate follows
 * from the ten seconds that MUSE stores, µV and the order of the leads are how CVRG's converter has it. Proved on CVRG's example.
 */
export const museText: Reader = {
  claim: async (files) =>
    files
      .filter(({ text }) => HEADING.test(text ?? ''))
      .map(({ source }) => ({ parts: [source], open: (options) => open(source, options) })),
};

/** Throws EcgError TOO_LARGE, CORRUPT_FILE, NEEDS_INPUT. */
async function open(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const { name: where, size } = source;
  if (size > MAX_BYTES) {
    throw new EcgError('TOO_LARGE', `${where} is too large for a text export.`, { found: `${size} bytes`, where });
  }
  const text = new TextDecoder('windows-1252').decode(await source.read());
  checkAbort(options);
  const [heading = '', rows = '', columns = ''] = HEADING.exec(text) ?? [];
  const count = Number(columns);
  const numbers =
    text
      .slice(heading.length)
      .split(/[A-Za-z]/)[0]
      ?.trim()
      .split(/[\s,;]+/)
      .map(Number) ?? [];
  const length = count > 0 ? Math.min(Number(rows), Math.floor(numbers.length / count)) : 0;
  const names = count === LEADS.length ? LEADS : count === EIGHT.length ? EIGHT : null;
  if (!names || length === 0 || numbers.slice(0, length * count).some(Number.isNaN)) {
    const detail = { expected: 'rows of 8 or 12 numbers', found: `${rows} × ${columns}`, where };
    throw new EcgError('CORRUPT_FILE', `The table in ${where} cannot be read.`, detail);
  }
  const assumed = RATES.find((rate) => rate * RHYTHM_SECONDS === Number(rows));
  const rate = answeredRate(options) ?? assumed;
  if (rate === undefined) {
    const detail = { expected: 'sampling rate in Hz', where };
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
  }
  return inMemoryRecording(source, {
    format: 'muse-txt',
    signals: names.map((spelling, column) => ({
      spelling,
      unit: options.unit ?? 'uV',
      samplingRateHz: rate,
      values: Float64Array.from({ length }, (_, row) => numbers[row * count + column] ?? Number.NaN),
    })),
    warnings: warningsOf(rate, options, length, Number(rows)),
  });
}

function warningsOf(rate: number, options: ReadOptions, length: number, claimed: number): readonly Warning[] {
  const warnings: Warning[] = [
    {
      code: 'LEAD_RENAMED',
      message: 'The file names no leads; its columns were read in the order of MUSE, from I to V6.',
    },
  ];
  if (answeredRate(options) === undefined) {
    const message = `The file gives no sampling rate; ${rate} Hz makes it the ten seconds that MUSE stores.`;
    warnings.push({ code: 'RATE_ASSUMED', message });
  }
  if (!options.unit)
    warnings.push({
      code: 'UNIT_ASSUMED',
      message: 'The file gives no unit; read as µV, in which MUSE writes such tables.',
    });
  if (length < claimed) {
    warnings.push({ code: 'LENGTH_FROM_DATA', message: `The file has ${length} rows, not ${claimed} as it says.` });
  }
  return warnings;
}
