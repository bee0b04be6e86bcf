import {
  type AxisWord,
  type Measurements,
  type NormalRange,
  RANGED,
  type RangedName,
  type Ranges,
  type Saying,
} from '../ecg';
import { type InWords, say } from '../words/say';
import type { Exchange } from './electrodes';
import { type Limit, ROWS, type Row } from './range-table';
import type { AgeAndSex } from './st-elevation';

const ADULT_YEARS = 18;
/** Bazett overcorrects at faster and undercorrects at slower rates (Rautaharju et al. 2009), bpm. */
const BAZETT_BPM = [60, 90] as const;
/** A QRS from this on lengthens QT by itself (Rautaharju et al. 2009), ms. */
const WIDE_QRS_MS = 120;

/**
 * The normal range beside each measurement, for an adult at rest: limits, a flag outside them, a word for the QRS axis, a note where the
 * number needs one. Under 18 years no limit is given, and a note says so; with unknown sex the limits of men hold.
 *
 * @param durationS of the stretch that the RR statistics come from, seconds
 * @param exchange electrodes that seem exchanged: of the limbs, they withhold the axis
 */
export function ranges(
  measurements: Measurements,
  patient: AgeAndSex,
  durationS: number,
  exchange: Exchange | null = null,
): Ranges {
  return Object.fromEntries(
    RANGED.map((name): [RangedName, NormalRange] => {
      if (name === 'qrsAxisDeg' && exchange?.which === 'limb')
        return [
          name,
          { ...NO_RANGE, ...noted([say('withheld', { exchange: exchange.saying ?? exchange.message }).saying]) },
        ];
      const found = range(name, measuredValue(name, measurements), patient);
      const notes = [...(found.noteSaying ? [found.noteSaying] : []), ...circumstances(name, measurements, durationS)];
      return [name, { ...found, ...noted(notes), word: name === 'qrsAxisDeg' ? axisWord(measurements) : null }];
    }),
  );
}

/** The range of one measurement for an age and sex, and where a value stands; `value` as measured, in the unit of its name. */
export function range(name: RangedName, value: number | null, { ageYears, sex }: AgeAndSex): NormalRange {
  if (name === 'sdnnMs' || name === 'rmssdMs') return NO_RANGE;
  if (ageYears !== null && ageYears < ADULT_YEARS) {
    return { ...NO_RANGE, ...noted([say('adultLimits', {}).saying]) };
  }
  const rows: readonly Row[] = ROWS[name];
  const row = rows.find((one) => one.sex === undefined || one.sex === (sex === 'female' ? 'female' : 'male'));
  if (!row) return NO_RANGE;
  const { low, high, source, fromYears = ADULT_YEARS } = row;
  if (ageYears !== null && ageYears < fromYears) {
    return { ...NO_RANGE, ...noted([say('limitFrom', { years: fromYears }).saying]) };
  }
  const text = textOf(low, high);
  const isUnsure = row.sex !== undefined && sex === 'unknown';
  return {
    low: low?.at ?? null,
    high: high?.at ?? null,
    text: text?.text ?? null,
    textSaying: text?.saying ?? null,
    flag: flagOf(rounded(name, value), low, high),
    word: null,
    ...noted(isUnsure ? [say('limitsOfMen', {}).saying] : []),
    source,
  };
}

const NO_RANGE: NormalRange = { low: null, high: null, text: null, flag: null, word: null, note: null, source: null };

/** As the number is shown: whole, mV to two digits. What reads as the limit is the limit. */
function rounded(name: RangedName, value: number | null): number | null {
  if (value === null) return null;
  return name.endsWith('Mv') ? Math.round(100 * value) / 100 : Math.round(value);
}

function flagOf(value: number | null, low: Limit | undefined, high: Limit | undefined): NormalRange['flag'] {
  if (value === null) return null;
  if (low && (value < low.at || (value === low.at && !low.isNormal))) return 'low';
  if (high && (value > high.at || (value === high.at && !high.isNormal))) return 'high';
  return null;
}

function textOf(low: Limit | undefined, high: Limit | undefined): InWords | null {
  // A two-sided range whose limits are not normal themselves is told by the whole numbers inside it.
  if (low && high) {
    const [a, b] = [low.isNormal ? low.at : low.at + 1, high.isNormal ? high.at : high.at - 1];
    return say('rangeBetween', { low: a, high: b });
  }
  if (high) return say(high.isNormal ? 'rangeUpTo' : 'rangeUnder', { at: high.at });
  return low ? say(low.isNormal ? 'rangeFrom' : 'rangeOver', { at: low.at }) : null;
}

/** All notes as one text; none where there is none. */
function noted(notes: readonly Saying[]): Pick<NormalRange, 'note' | 'noteSaying'> {
  if (notes.length === 0) return { note: null, noteSaying: null };
  const { text, saying } = say('sentences', { all: notes });
  return { note: text, noteSaying: saying };
}

/** The QRS axis in a word (Surawicz et al. 2009); indeterminate where the frontal leads were measured and nothing is left of the QRS. */
export function axisWord({ qrsAxisDeg, amplitudes }: Measurements): AxisWord | null {
  if (qrsAxisDeg === null) return amplitudes?.I && amplitudes.aVF ? 'indeterminate' : null;
  const axis = Math.round(qrsAxisDeg);
  if (axis >= -30 && axis <= 90) return 'normal';
  if (axis > 90) return 'right';
  return axis >= -90 ? 'left' : 'extreme';
}

function* circumstances(name: RangedName, { heartRateBpm, qrsMs }: Measurements, durationS: number) {
  if (name === 'sdnnMs' || name === 'rmssdMs') yield say('shortVariability', { s: Math.round(durationS) }).saying;
  const rate = heartRateBpm === null ? null : Math.round(heartRateBpm);
  if (name === 'qtcBazettMs' && rate !== null && (rate < BAZETT_BPM[0] || rate > BAZETT_BPM[1])) {
    yield say('bazettMisleads', { low: BAZETT_BPM[0], high: BAZETT_BPM[1] }).saying;
  }
  if (name.startsWith('qtc') && qrsMs !== null && qrsMs >= WIDE_QRS_MS) {
    yield say('wideQrsPart', { qrsMs: Math.round(qrsMs) }).saying;
  }
}

function measuredValue(name: RangedName, m: Measurements): number | null {
  switch (name) {
    case 'qtcFridericiaMs':
      return m.qtcMs.fridericia;
    case 'qtcBazettMs':
      return m.qtcMs.bazett;
    case 'qtcFraminghamMs':
      return m.qtcMs.framingham;
    case 'qtcHodgesMs':
      return m.qtcMs.hodges;
    case 'sdnnMs':
      return m.rhythm.sdnnMs;
    case 'rmssdMs':
      return m.rhythm.rmssdMs;
    case 'sokolowLyonMv':
      return m.voltages.sokolowLyonMv;
    case 'cornellMv':
      return m.voltages.cornellMv;
    default:
      return m[name];
  }
}
