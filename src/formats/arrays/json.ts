import { type ByteSource, EcgError, type Recording } from '../../ecg';
import { type Json, list, object, text } from '../json';
import { checkAbort, type Reader, type ReadOptions } from '../reader';
import { decodeText } from '../text';
import { type Entries, entriesRecording, isLead, type Value } from './entries';
import { kardiaEntries } from './kardia';

const MAX_BYTES = 2 ** 26;
/** Objects in objects that are searched: `{ecg: {leads: {I: […]}}}`. */
const DEEPEST = 3;
const JSON_START = /^\s*(\{\s*["}]|\[\s*([[{"]|(-?\d[\d.eE+-]*|null|NaN)\s*,))/;
/** What an object of one lead calls its samples, and its name. */
const SAMPLES = ['samples', 'data', 'values', 'signal'];
const NAME = ['name', 'lead', 'label', 'channel', 'id'];

/**
 * JSON in the forms that programs write ECGs in, by themselves or one below another:
 * `[…]` one lead, `[[…], …]` leads or rows, `[{"I": 0.1, "II": 0.2}, …]` samples,
 * `{"leads": {"I": […]}, "samplingRate": 500, "unit": "mV"}`, `{"leads": [{"name": "I", "samples": […]}]}` and
 * `{"columns": ["I", …], "data": [[…], …]}` (pandas, `split`). Words and numbers beside the arrays are its rate, unit, gain and patient.
 * No standard: written from these forms, proved with files of our own. Kardia's own form is known by its fields.
 */
export const json: Reader = {
  claim: async (files) =>
    files
      .filter((file) => JSON_START.test(file.text ?? ''))
      .map(({ source }) => ({ parts: [source], open: (options) => open(source, options) })),
};

/** Throws EcgError TOO_LARGE, CORRUPT_FILE, TRUNCATED_FILE, UNSUPPORTED_FORMAT, NEEDS_INPUT. */
async function open(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const where = source.name;
  if (source.size > MAX_BYTES) {
    const detail = { expected: `at most ${MAX_BYTES} bytes`, found: `${source.size} bytes`, where };
    throw new EcgError('TOO_LARGE', `${where} is too large for an ECG in JSON.`, detail);
  }
  const content = decodeText(await source.read()) ?? '';
  if (/^\s*\{\s*"schema":\s*"efficientecg\./.test(content)) {
    const message = `${where} is an analysis that this program wrote, not an ECG: drop the ECG itself.`;
    throw new EcgError('UNSUPPORTED_FORMAT', message, { where });
  }
  const root = parsed(content, where);
  checkAbort(options);
  return entriesRecording(source, 'json', kardiaEntries(root) ?? entriesOf('', root, 0), options);
}

/** Python writes NaN and Infinity, which are no JSON: samples that are missing. */
function parsed(content: string, where: string): unknown {
  for (const attempt of [content, content.replace(/(?<=[[,:\s])(NaN|-?Infinity)(?=[\],}\s])/g, 'null')]) {
    try {
      return JSON.parse(attempt);
    } catch {}
  }
  if (!/[}\]]\s*$/.test(content))
    throw new EcgError('TRUNCATED_FILE', `${where} is cut off: its end is missing.`, { where });
  throw new EcgError('CORRUPT_FILE', `${where} is no JSON.`, { where });
}

function entriesOf(name: string, value: unknown, depth: number): Entries {
  if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]];
  if (Array.isArray(value)) return depth > 0 && value.length === 0 ? [] : arrayEntries(name, value);
  const fields = object(value);
  if (!fields || depth > DEEPEST) return [];
  const series = numbered(fields);
  if (series) return [[name, series]];
  const lead = isLead(name) ? samplesIn(fields) : null;
  if (lead) return [[name, lead], ...beside(fields)];
  return Object.entries(fields).flatMap(([key, inner]) => entriesOf(key, inner, depth + 1));
}

function arrayEntries(name: string, values: readonly unknown[]): Entries {
  const series = numbers(values);
  if (series) return [[name, series]];
  if (values.every((value) => typeof value === 'string')) return [[name, values]];
  const rows = values.map(numbers);
  if (rows.every((row) => row !== null)) return [[name, rows]];
  // A recording of its own around the matrix: `[[[…], …]]`.
  if (values.length === 1 && Array.isArray(values[0])) return arrayEntries(name, values[0]);
  const objects = list(values);
  return objects.length === values.length ? objectEntries(objects) : [];
}

/** One object a lead, with its samples in an array, or one object a sample, with a number for each lead. */
function objectEntries(objects: readonly Json[]): Entries {
  const leads = objects.flatMap((one): [string, Value][] => {
    const series = samplesIn(one);
    return series ? [[NAME.map((key) => text(one[key])).find(Boolean) ?? '', series]] : [];
  });
  if (leads.length > 0) return [...leads, ...beside(objects[0])];
  const keys = Object.entries(objects[0] ?? {}).flatMap(([key, value]) => (typeof value === 'number' ? [key] : []));
  return keys.map((key) => [
    key,
    Float64Array.from(objects, (one) => (typeof one[key] === 'number' ? one[key] : Number.NaN)),
  ]);
}

function samplesIn(lead: Json): Float64Array | null {
  return SAMPLES.map((key) => numbers(lead[key])).find((found) => found !== null) ?? null;
}

/** What the first lead says of all: rate and unit, not its name. */
function beside(first: Json | undefined): Entries {
  return Object.entries(first ?? {}).flatMap(([key, value]): [string, Value][] =>
    !NAME.includes(key) && text(value) !== '' ? [[key, text(value)]] : [],
  );
}

/** pandas writes a column as `{"0": 0.1, "1": 0.2}`. */
function numbered(fields: Json): Float64Array | null {
  const keys = Object.keys(fields);
  return keys.length > 1 && keys.every((key, i) => key === String(i)) ? numbers(Object.values(fields)) : null;
}

/** An array of numbers and gaps; null for any other value. */
function numbers(value: unknown): Float64Array | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  if (!value.every((one) => typeof one === 'number' || one === null) || value.every((one) => one === null)) return null;
  return Float64Array.from(value, (one) => one ?? Number.NaN);
}
