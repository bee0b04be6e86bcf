import { EcgError, type Warning } from '../../ecg';
import { type Bytes, crcCcitt } from '../bytes';

/** A section's content after its header of 16 bytes, and the version that wrote it. */
export interface Section {
  readonly body: Bytes;
  readonly version: number;
}

export interface Sections {
  readonly byId: ReadonlyMap<number, Section>;
  /** Pointers that count from 0 instead of from 1, as Healforce's recorders write them, with checksums of their own. */
  readonly fromZero: boolean;
  readonly warnings: readonly Warning[];
}

const HEADER = 16;

/**
 * The sections that section 0 points to (EN 1064, 5.2 and 5.3), none longer than the file.
 *
 * @throws EcgError CORRUPT_FILE when there is none
 */
export function readSections(file: Bytes, name: string): Sections {
  const pointers = file.slice(6 + HEADER, 6 + Math.max(HEADER, file.u32(10)));
  const listed = Array.from({ length: Math.floor(pointers.length / 10) }, (_, i) => ({
    id: pointers.u16(10 * i),
    length: pointers.u32(10 * i + 2),
    index: pointers.u32(10 * i + 6),
  })).filter(({ length, index, id }) => length > HEADER && index > 0 && index < file.length && id > 0);
  const fits = (base: number) => listed.filter(({ id, index }) => file.u16(index - base + 2) === id).length;
  const fromZero = fits(0) > fits(1);
  const byId = new Map<number, Section>();
  const damaged: number[] = [];
  for (const { id, length, index } of listed) {
    const whole = file.slice(index - (fromZero ? 0 : 1), index - (fromZero ? 0 : 1) + length);
    if (byId.has(id) || whole.u16(2) !== id) continue;
    byId.set(id, { body: whole.slice(HEADER), version: whole.u8(8) });
    if (!fromZero && whole.length === length && crcCcitt(whole.raw.subarray(2)) !== whole.u16(0)) damaged.push(id);
  }
  if (byId.size === 0) {
    const message = `${name} begins like an SCP-ECG file and has none of its sections.`;
    throw new EcgError('CORRUPT_FILE', message, { found: `${listed.length} pointers`, where: name });
  }
  return { byId, fromZero, warnings: fromZero ? [] : checksumWarnings(file, damaged) };
}

function checksumWarnings(file: Bytes, damaged: readonly number[]): readonly Warning[] {
  const claimed = file.u32(2);
  const record = claimed >= 22 && claimed <= file.length ? claimed : file.length;
  const sum = file.u16(0) === crcCcitt(file.raw.subarray(2, record));
  if (sum && damaged.length === 0) return [];
  const which = damaged.length > 0 ? `section ${damaged.join(', ')}` : 'the whole record';
  const message = `The checksum of ${which} does not fit: the file was changed or damaged after it was written.`;
  return [{ code: 'CHECKSUM_MISMATCH', message }];
}
