import { type ByteSource, EcgError, type Recording } from '../../ecg';
import { bytesView } from '../bytes';
import { inMemoryRecording } from '../in-memory';
import type { Reader, SniffedFile } from '../reader';
import { readDescription, readMeasurements, readStatements } from './describe';
import { readHealforce } from './healforce';
import { readRhythm } from './rhythm';
import { readSections } from './sections';

/** SCP-ECG: EN 1064, ISO 11073-91064. */
export const scp: Reader = {
  claim: async (files) =>
    files.filter(isScp).map(({ source }) => ({ parts: [source], open: async () => openScp(source) })),
};

/** Lengths of leads are of 16 bits: a resting ECG is far smaller. */
const MAX_BYTES = 2 ** 22;

/** The magic word is optional in EN 1064: else the record's length in its header and section 0's own id and length must fit. */
function isScp({ source, head }: SniffedFile): boolean {
  if (head.length < 22) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const magic = String.fromCharCode(...head.subarray(16, 22)) === 'SCPECG';
  const section0 = view.getUint16(8, true) === 0 && view.getUint32(10, true) % 2 === 0;
  const sections = (view.getUint32(10, true) - 16) % 10 === 0 && view.getUint32(10, true) < source.size;
  const version = view.getUint8(14) >= 10 && view.getUint8(14) < 40 && view.getUint8(15) === view.getUint8(14);
  return magic || (section0 && sections && version);
}

/**
 * Opens an SCP-ECG record: sections 0 to 8 and 10 of EN 1064 (2005), and Healforce's own form of it. Proved with ECG Toolkit's example,
 * whose samples are those of its DICOM and HL7 twins, and Healforce's 62.SCP.
 *
 * @throws EcgError CORRUPT_FILE, TOO_LARGE, UNREADABLE_FILE
 */
async function openScp(source: ByteSource): Promise<Recording> {
  if (source.size > MAX_BYTES) {
    const detail = { expected: `at most ${MAX_BYTES} bytes`, found: `${source.size}`, where: source.name };
    throw new EcgError('TOO_LARGE', `${source.name} is too large for an SCP-ECG file.`, detail);
  }
  const sections = readSections(bytesView(await source.read()), source.name);
  const { signals, beat, warnings } = sections.fromZero
    ? { ...readHealforce(sections, source.name), beat: [] }
    : readRhythm(sections, source.name);
  const { patient, startTime, device, filters, warnings: described } = readDescription(sections);
  return inMemoryRecording(source, {
    format: 'scp',
    signals,
    startTime,
    device,
    patient,
    filters: sections.fromZero ? null : filters,
    deviceMeasurements: readMeasurements(sections),
    deviceStatements: readStatements(sections),
    beat,
    warnings: [...sections.warnings, ...warnings, ...(sections.fromZero ? [] : described)],
  });
}
