import type { Finding, Measurements, NormalRange, RangedName, Reading } from '../ecg';

/** `93 %`; never a certainty that the network has not. */
export function percent(probability: number): string {
  if (probability < 0.01) return '<1 %';
  if (probability > 0.99) return '>99 %';
  return `${Math.round(probability * 100)} %`;
}

const whole = (value: number) => String(Math.round(value)).replace('-', '−');

/** `(high, normal 120–200)` behind a number that is outside its range; empty within it or without one. */
function flagged(range: NormalRange | undefined): string {
  return range?.flag ? ` (${range.flag}, normal ${range.text})` : '';
}

export function rateSentence({ measurements, ranges }: Reading): string {
  const rate = measurements?.heartRateBpm ?? null;
  if (rate === null) return 'The ventricular rate could not be measured.';
  return `Ventricular rate ${whole(rate)} bpm${flagged(ranges.heartRateBpm)}.`;
}

/** What the beats and P waves themselves show, before any statement about the rhythm. */
export function rhythmSentence({ measurements }: Reading): string | null {
  if (!measurements) return null;
  const { prMs, atrialRateBpm, qrsMs, rhythm } = measurements;
  const beats = rhythm.regularity && `${rhythm.regularity === 'regular' ? 'Regular' : 'Irregular'} RR intervals`;
  const atria =
    prMs !== null
      ? 'a P wave before the QRS'
      : atrialRateBpm !== null
        ? `regular P waves at ${whole(atrialRateBpm)} bpm, not in step with the QRS`
        : qrsMs !== null
          ? 'no regular P waves found'
          : null;
  if (beats) return `${[beats, atria].filter(Boolean).join(', ')}.`;
  return atria && `Regularity not measurable, ${atria}.`;
}

const INTERVALS: readonly {
  readonly name: string;
  readonly of: (m: Measurements) => number | null;
  readonly range?: RangedName;
  readonly after?: string;
}[] = [
  { name: 'PR', of: ({ prMs }) => prMs, range: 'prMs' },
  { name: 'QRS', of: ({ qrsMs }) => qrsMs, range: 'qrsMs' },
  { name: 'QT', of: ({ qtMs }) => qtMs },
  { name: 'QTc', of: ({ qtcMs }) => qtcMs.fridericia, range: 'qtcFridericiaMs', after: ' by Fridericia' },
];

export function intervalSentence({ measurements, ranges }: Reading): string {
  if (!measurements) return 'Intervals could not be measured.';
  const parts = INTERVALS.map(({ name, of, range, after = '' }) => {
    const value = of(measurements);
    if (value === null) return `${name} not measurable`;
    return `${name} ${whole(value)} ms${after}${flagged(range && ranges[range])}`;
  });
  return `${parts.join(', ')}.`;
}

export function axisSentence({ measurements, ranges }: Reading): string {
  const range = ranges.qrsAxisDeg;
  const axis = measurements?.qrsAxisDeg ?? null;
  if (axis === null) return range?.note ?? (range?.word ? 'QRS axis indeterminate.' : 'QRS axis not measurable.');
  const word = range?.word;
  const deviation = word === 'left' || word === 'right' ? `${word} axis deviation` : word && `${word} axis`;
  return `QRS axis ${whole(axis)}°${deviation ? `, ${deviation}` : ''}.`;
}

export function pSentence({ measurements, ranges }: Reading): string {
  const p = measurements?.pMs ?? null;
  if (!measurements || p === null) return 'P waves not measurable.';
  const axis = measurements.pAxisDeg === null ? '' : `, P axis ${whole(measurements.pAxisDeg)}°`;
  return `P wave ${whole(p)} ms${flagged(ranges.pMs)}${axis}.`;
}

export function voltageSentence({ measurements, ranges }: Reading): string | null {
  const { sokolowLyonMv = null, cornellMv = null } = measurements?.voltages ?? {};
  const parts = [
    sokolowLyonMv !== null && `Sokolow-Lyon ${sokolowLyonMv.toFixed(1)} mV${flagged(ranges.sokolowLyonMv)}`,
    cornellMv !== null && `Cornell ${cornellMv.toFixed(1)} mV${flagged(ranges.cornellMv)}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join(', ')}.` : null;
}

const ST_ALERTS = ['ST_ELEVATION', 'ST_DEPRESSION', 'ST_NOT_APPLICABLE', 'SGARBOSSA'];

/** The ST levels by the rules alone; what they raise is an alert already. */
export function stSentence({ measurements, alerts }: Reading): string {
  if (!measurements?.st) return 'ST levels could not be measured.';
  if (alerts.some(({ code }) => ST_ALERTS.includes(code))) return 'ST levels outside their limits: see the alerts.';
  return 'No ST elevation and no ST depression by the measured limits.';
}

/** A statement of the network with its probability, and what conflicts with it. */
export function findingSentence({ label, probability, threshold, conflicts }: Finding): string {
  const odds = probability === null ? '' : ` (network ${percent(probability)}, threshold ${percent(threshold)})`;
  return [`${label}${odds}.`, ...conflicts.map(({ message }) => `Conflict: ${message}`)].join(' ');
}
