import { EcgError } from '../ecg';
import { type Reader, refusal, type SniffedFile } from './reader';

/** Formats that are known by sight and not read: whoever drops one learns what it is. A new reader takes its line out. */
const FOREIGN: readonly (readonly [what: string, looksLike: (file: SniffedFile) => boolean])[] = [
  ['an XML file', (file) => isXml(file, /^\s*<(\?xml|!--|!DOCTYPE|[a-z][\w.:-]*[\s/>])/i)],
  ['a PDF document', (file) => ascii(file, 0, 5) === '%PDF-'],
  ['a PNG picture', (file) => ascii(file, 1, 3) === 'PNG' && file.head[0] === 0x89],
  ['a JPEG picture', (file) => hex(file, 3) === 'ffd8ff'],
  ['a TIFF picture', (file) => /^(49492a00|4d4d002a)/.test(hex(file, 4))],
  ['a 7z archive', (file) => hex(file, 6) === '377abcaf271c'],
  ['an HDF5 or MATLAB 7.3 file', (file) => ascii(file, 1, 3) === 'HDF' || ascii(file, 0, 10) === 'MATLAB 7.3'],
  ['a MATLAB 5 file', (file) => ascii(file, 0, 10) === 'MATLAB 5.0'],
  ['an Excel or Word document', (file) => hex(file, 8) === 'd0cf11e0a1b11ae1'],
];

/** Claims every format that is known by sight; opening one gives UNSUPPORTED_FORMAT with its name. */
export const foreign: Reader = {
  claim: async (files) =>
    files.flatMap((file) => {
      const what = FOREIGN.find(([, looksLike]) => looksLike(file))?.[0];
      if (!what) return [];
      const message = `This looks like ${what}, which this version does not read.`;
      const error = () => new EcgError('UNSUPPORTED_FORMAT', message, { where: file.source.name });
      return [{ ...refusal(file.source, error), unread: true }];
    }),
};

function isXml({ text }: SniffedFile, pattern: RegExp): boolean {
  return text !== null && /^\s*</.test(text) && pattern.test(text);
}

function ascii({ head }: SniffedFile, start: number, length: number): string {
  return String.fromCharCode(...head.subarray(start, start + length));
}

function hex({ head }: SniffedFile, length: number): string {
  return Array.from(head.subarray(0, length), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
