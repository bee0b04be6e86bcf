import type { DeviceMeasurements, Filters, Patient, Warning } from '../../ecg';
import type { Bytes } from '../bytes';
import { ageAt, isoDate, isoTime } from '../dates';
import { filtersOf } from '../facts';
import { TORSO_ELECTRODES } from '../placement';
import type { Sections } from './sections';
import { textDecoderOf } from './texts';

/** Who, when and with what: the tagged fields of section 1 (EN 1064, 5.4). */
export interface Description {
  readonly patient: Patient;
  readonly startTime: string | null;
  readonly device: string | null;
  readonly filters: Filters | null;
  readonly warnings: readonly Warning[];
}

const END = 255;
/** Electrode configurations (tag 33) with the limb electrodes on the torso, single or in a pad. */
const MASON_LIKAR: readonly number[] = [2, 3];
/** Years in an age's unit: years, months, weeks, days, hours. */
const AGE_UNITS: readonly number[] = [0, 1, 1 / 12, 1 / 52.18, 1 / 365.25, 1 / 8766];

/** @param bigEndian dates of Healforce's recorders have their year so */
export function readDescription({ byId, fromZero }: Sections): Description {
  const fields = fieldsOf(byId.get(1)?.body);
  const decode = textDecoderOf(fields);
  const text = (tag: number) => decode(fields.get(tag));
  const date = (tag: number) => {
    const field = fields.get(tag);
    if (!field || field.length < 4) return null;
    const year = fromZero ? field.u8(0) * 256 + field.u8(1) : field.u16(0);
    return isoDate(year, field.u8(2), field.u8(3));
  };
  const clock = fields.get(26);
  const time = clock && clock.length >= 3 ? isoTime(clock.u8(0), clock.u8(1), clock.u8(2)) : null;
  const day = date(25);
  const startTime = day ? `${day}T${time ?? '00:00:00'}` : null;
  const birthDate = date(5);
  const age = fields.get(4);
  const stated = age && age.u16(0) > 0 ? Math.floor(age.u16(0) * (AGE_UNITS[age.u8(2)] ?? 0) + 1e-9) : null;
  const known = stated !== null && stated <= 130 && (age?.u8(2) ?? 0) > 0;
  const ageYears = known ? stated : ageAt(birthDate, startTime);
  const sexCode = fields.get(8)?.u8(0) ?? 0;
  const sex = sexCode === 1 ? 'male' : sexCode === 2 ? 'female' : 'unknown';
  const name = [text(1), text(0), text(3)].filter(Boolean).join(' ');
  const patient: Patient = {
    id: text(2) || null,
    name: name || null,
    birthDate,
    ageYears,
    sex,
    ageOrigin: ageYears === null ? 'none' : 'file',
    sexOrigin: sex === 'unknown' ? 'none' : 'file',
  };
  const placement = fields.get(33);
  const onTorso = placement !== undefined && placement.length > 0 && MASON_LIKAR.includes(placement.u8(0));
  const warnings = onTorso ? [TORSO_ELECTRODES] : [];
  return { patient, startTime, device: deviceOf(fields.get(14)), filters: filtersIn(fields), warnings };
}

/** Tag 27: high-pass in hundredths of a hertz; 28: low-pass in hertz; 29: bit 0 a notch at 60 Hz, bit 1 one at 50 Hz. */
function filtersIn(fields: ReadonlyMap<number, Bytes>): Filters | null {
  const number = (tag: number) => ((fields.get(tag)?.length ?? 0) >= 2 ? (fields.get(tag)?.u16(0) ?? 0) : 0);
  const notches = fields.get(29)?.u8(0) ?? 0;
  return filtersOf({
    highPassHz: number(27) / 100,
    lowPassHz: number(28),
    notchHz: notches & 1 ? 60 : notches & 2 ? 50 : null,
  });
}

/** One byte of tag, two of length, then the value. */
function fieldsOf(body: Bytes | undefined): ReadonlyMap<number, Bytes> {
  const fields = new Map<number, Bytes>();
  if (!body) return fields;
  for (let at = 0; at + 3 <= body.length && body.u8(at) !== END; at += 3 + body.u16(at + 1)) {
    const tag = body.u8(at);
    if (!fields.has(tag)) fields.set(tag, body.slice(at + 3, at + 3 + body.u16(at + 1)));
  }
  return fields;
}

/** The model's name behind the acquiring device's numbers, as far as it is printable. */
function deviceOf(field: Bytes | undefined): string | null {
  const model = String.fromCharCode(...(field?.raw.subarray(8, 15) ?? [])).replace(/[^\x20-\x7e]/g, '');
  return model.trim() || null;
}

/** Values from 19999 on mean "not computed" (29999) and the like. */
const NONE = 19_999;

/** Global measurements (section 7), where they are missing the medians of the leads' own (section 10). */
export function readMeasurements({ byId }: Sections): DeviceMeasurements | null {
  const section = byId.get(7)?.body;
  const leads = leadMedians(byId.get(10)?.body);
  const blocks = section?.u8(0) ?? 0;
  const [pOn, , qrsOn, qrsOff, tOff] = Array.from({ length: 5 }, (_, i) =>
    section && blocks > 0 ? known(section.u16(6 + 2 * i)) : null,
  );
  const between = (start: number | null | undefined, end: number | null | undefined) =>
    start != null && end != null && end > start ? end - start : null;
  const rr = section ? known(section.u16(2)) : null;
  const fromRr = rr !== null && rr > 0 ? 60_000 / rr : null;
  const stated = section ? statedRate(section) : null;
  // Far from the mean RR it is no rate: some recorders leave out the list of beats before it.
  const fits = stated !== null && (fromRr === null || Math.abs(stated - fromRr) <= 0.2 * fromRr);
  const measured: DeviceMeasurements = {
    heartRateBpm: fits ? stated : fromRr && Math.round(fromRr),
    prMs: between(pOn, qrsOn) ?? leads.prMs,
    qrsMs: between(qrsOn, qrsOff) ?? leads.qrsMs,
    qtMs: between(qrsOn, tOff) ?? leads.qtMs,
  };
  return Object.values(measured).every((value) => value === null) ? null : measured;
}

/** The ventricular rate behind the blocks of 16 bytes, the pacemaker's spikes (4 and 6 bytes each) and the types of the beats. */
function statedRate(section: Bytes): number | null {
  const beats = 6 + 16 * section.u8(0) + 10 * section.u8(1);
  const rate = section.u16(beats + 2 + section.u16(beats));
  return rate >= 10 && rate <= 400 ? rate : null;
}

/** Section 10: each lead's number, length of its block, then P, PR, QRS and QT in ms. */
function leadMedians(body: Bytes | undefined): { prMs: number | null; qrsMs: number | null; qtMs: number | null } {
  const values: readonly number[][] = [[], [], []];
  const count = body?.u16(0) ?? 0;
  let at = 4;
  for (let lead = 0; body && lead < count && at + 12 <= body.length; lead++) {
    for (const [i, found] of values.entries()) {
      const value = known(body.u16(at + 6 + 2 * i));
      if (value !== null && value > 0 && body.u16(at + 2) >= 8) found.push(value);
    }
    at += 4 + body.u16(at + 2);
  }
  const [prMs = null, qrsMs = null, qtMs = null] = values.map(median);
  return { prMs, qrsMs, qtMs };
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function known(value: number): number | null {
  return value < NONE ? value : null;
}

/** The device's statements in words (section 8): number, length and text of each. */
export function readStatements({ byId }: Sections): readonly string[] {
  const body = byId.get(8)?.body;
  const decode = textDecoderOf(fieldsOf(byId.get(1)?.body));
  const statements: string[] = [];
  let at = 9;
  for (let i = 0; body && i < body.u8(8) && at + 3 <= body.length; i++) {
    const text = decode(body.slice(at + 3, at + 3 + body.u16(at + 1)));
    if (text) statements.push(text);
    at += 3 + body.u16(at + 1);
  }
  return statements;
}
