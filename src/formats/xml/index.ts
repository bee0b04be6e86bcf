import { type ByteSource, EcgError, type Recording } from '../../ecg';
import { checkAbort, type Reader, type ReadOptions, type SniffedFile } from '../reader';
import { decodeXmlText } from './encoding';
import { parseXml, type XmlElement } from './tree';

export { all, attribute, deep, digits, find, numberAt, numberOf, textAt } from './query';
export type { XmlElement } from './tree';

/** A resting ECG in XML is a megabyte; a full disclosure of a stress test some tens. */
const MAX_BYTES = 2 ** 26;

/**
 * A reader of an XML format.
 *
 * @param looksLike true for the head of a file of this format
 * @param read turns the root into a recording; throws EcgError
 */
export function xmlReader(
  looksLike: (head: string) => boolean,
  read: (root: XmlElement, source: ByteSource, options: ReadOptions) => Recording,
): Reader {
  return {
    claim: async (files) =>
      files
        .filter((file) => isXml(file) && looksLike(headOf(file)))
        .map(({ source }) => ({
          parts: [source],
          open: async (options) => {
            const root = await rootOf(source);
            checkAbort(options);
            return read(root, source, options);
          },
        })),
  };
}

function isXml(file: SniffedFile): boolean {
  return /^\s*</.test(headOf(file));
}

function headOf({ head }: SniffedFile): string {
  return decodeXmlText(head, true) ?? '';
}

/** Throws EcgError TOO_LARGE, CORRUPT_FILE, TRUNCATED_FILE, UNREADABLE_FILE. */
async function rootOf(source: ByteSource): Promise<XmlElement> {
  const { name: where, size } = source;
  if (size > MAX_BYTES) {
    const detail = { expected: `at most ${MAX_BYTES} bytes`, found: `${size} bytes`, where };
    throw new EcgError('TOO_LARGE', `${where} is too large for an ECG in XML.`, detail);
  }
  const text = decodeXmlText(await source.read());
  if (text === null)
    throw new EcgError('CORRUPT_FILE', `${where} is not text in the encoding that it names.`, { where });
  return parseXml(text, where);
}
