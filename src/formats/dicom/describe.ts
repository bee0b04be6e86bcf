import type { DeviceMeasurements, Filters, Patient, Warning } from '../../ecg';
import { ageAt, isoDate, isoTime } from '../dates';
import { filtersOf } from '../facts';
import { leadOfCode } from '../lead-codes';
import type { DataSet } from './data-set';
import { codeOf, decimalOf, decoderOf, TAGS, textOf } from './values';

/** When the ECG was taken: the acquisition's moment, else the content's, else the study's. Null where none can be read. */
export function startTimeOf(elements: DataSet): string | null {
  const moment = textOf(elements, TAGS.acquisitionDateTime);
  const pairs: readonly (readonly [string, string])[] = [
    [moment.slice(0, 8), moment.slice(8)],
    [textOf(elements, TAGS.acquisitionDate), textOf(elements, TAGS.acquisitionTime)],
    [textOf(elements, TAGS.contentDate), textOf(elements, TAGS.contentTime)],
    [textOf(elements, TAGS.studyDate), textOf(elements, TAGS.studyTime)],
  ];
  for (const [day, time] of pairs) {
    const date = dateOf(day);
    const [, hours, minutes, seconds] = /^(\d\d)(\d\d)?(\d\d)?/.exec(time.replaceAll(':', '')) ?? [];
    const clock = hours === undefined ? null : isoTime(Number(hours), Number(minutes ?? 0), Number(seconds ?? 0));
    if (date && clock) return `${date}T${clock}`;
  }
  return null;
}

/** Manufacturer and model, or null. */
export function deviceOf(elements: DataSet): string | null {
  const decoder = decoderOf(elements);
  const parts = [textOf(elements, TAGS.manufacturer, decoder), textOf(elements, TAGS.model, decoder)];
  const known = parts.filter((part) => part !== '' && !/^unknown$/i.test(part));
  return known.length > 0 ? known.join(' ') : null;
}

/** The Patient Module (PS3.3, C.7.1.1) and the age of the Patient Study Module; without that, the age at the acquisition. */
export function patientOf(
  elements: DataSet,
  startTime: string | null,
): { readonly patient: Patient; readonly warnings: readonly Warning[] } {
  const decoder = decoderOf(elements);
  const birthDate = dateOf(textOf(elements, TAGS.birthDate));
  const [said = '', amount, unit = 'Y'] = /^\s*(\d{1,3})\s*([DWMY]?)/i.exec(textOf(elements, TAGS.age)) ?? [];
  const perYear = { D: 365.25, W: 52.18, M: 12, Y: 1 }[unit.toUpperCase()] ?? 1;
  const stated = said === '' || Number(amount) === 0 ? null : Math.floor(Number(amount) / perYear);
  const ageYears = stated !== null && stated <= 130 ? stated : ageAt(birthDate, startTime);
  const sexText = textOf(elements, TAGS.sex).toUpperCase();
  const sex = sexText === 'F' ? 'female' : sexText === 'M' ? 'male' : 'unknown';
  const warnings: Warning[] = [];
  if (!['', 'F', 'M', 'O', 'N', 'U'].includes(sexText)) {
    const message = `The file's sex “${sexText.slice(0, 40)}” could not be understood.`;
    warnings.push({ code: 'PATIENT_UNREADABLE', message });
  }
  const name = (textOf(elements, TAGS.patientName, decoder).split('=')[0] ?? '').split('^').map((part) => part.trim());
  const patient: Patient = {
    id: textOf(elements, TAGS.patientId, decoder) || null,
    name: name.slice(0, 3).filter(Boolean).join(' ') || null,
    birthDate,
    ageYears,
    sex,
    ageOrigin: ageYears === null ? 'none' : 'file',
    sexOrigin: sex === 'unknown' ? 'none' : 'file',
  };
  return { patient, warnings };
}

/** A channel's lead: by its code (SCPECG `5.6.3-9-n`, MDC `2:n`, MDC_ECG_LEAD_…), else by its label or the code's meaning. */
export function channelName(channel: DataSet, decoder: TextDecoder): string {
  const source = codeOf(channel, TAGS.channelSource, decoder);
  const label = textOf(channel, TAGS.channelLabel, decoder);
  const number = /^(?:5\.6\.3-9-|2:)(\d{1,3})$/.exec(source?.code ?? '')?.[1];
  if (number !== undefined) {
    const lead = leadOfCode(Number(number));
    return lead.startsWith('lead code') ? source?.meaning || label || lead : lead;
  }
  const mdc = /^MDC_ECG_LEAD_(\w+)$/.exec(source?.code ?? '')?.[1];
  return mdc ?? (label || source?.meaning || source?.code || '');
}

/** The narrowest band that a channel says it was filtered to (PS3.3, C.10.9.1.4.3: Filter Low and High Frequency, Notch Filter Frequency). */
export function channelFilters(channels: readonly DataSet[]): Filters | null {
  const values = (tag: number) =>
    channels.flatMap((channel) => decimalOf(channel, tag) ?? []).filter((value) => value > 0);
  return filtersOf({
    highPassHz: Math.max(0, ...values(TAGS.filterLow)),
    lowPassHz: Math.min(...values(TAGS.filterHigh)),
    notchHz: values(TAGS.notch)[0] ?? null,
  });
}

const MEASURED: readonly (readonly [keyof DeviceMeasurements, RegExp])[] = [
  ['prMs', /^(pr|pq)( |-)?(interval|int)?$|^(5\.13\.5-7|2:15872)$|^MDC_ECG_TIME_PD_P[RQ]$/i],
  ['qrsMs', /^qrs( |-)?(duration|dur|interval)?$|^(5\.13\.5-9|2:16156)$|^MDC_ECG_TIME_PD_QRS$/i],
  ['qtMs', /^qt( |-)?(interval|int)?$|^(5\.13\.5-11|2:16160)$|^MDC_ECG_TIME_PD_QT$/i],
  [
    'heartRateBpm',
    /^((ecg )?heart|vent(ricular)?\.?( heart)?) rate$|^5\.10\.2\.5-1$|^(2:16016|2:16770|MDC_ECG_HEART_RATE)$/i,
  ],
];
const RR = /^(mean )?rr interval$|^5\.10\.2\.1-3$|^MDC_ECG_TIME_PD_RR$/i;

/**
 * What the device measured and said (Waveform Annotation Module, PS3.3, C.10.10): numbers by their code or its meaning, texts and coded
 * findings as statements. Positions of waves are not shown.
 */
export function annotationsOf(elements: DataSet): {
  readonly measurements: DeviceMeasurements | null;
  readonly statements: readonly string[];
} {
  const decoder = decoderOf(elements);
  const statements: string[] = [];
  const found: Partial<Record<keyof DeviceMeasurements, number>> = {};
  let meanRrMs = 0;
  for (const item of elements.get(TAGS.annotations)?.items ?? []) {
    const text = textOf(item, TAGS.textValue, decoder);
    if (text) statements.push(text);
    const concept = codeOf(item, TAGS.conceptName, decoder);
    const value = decimalOf(item, TAGS.numericValue);
    if (!concept || value === null) {
      const coded = codeOf(item, TAGS.conceptCode, decoder);
      if (coded?.meaning) statements.push(coded.meaning);
      continue;
    }
    const inMs = codeOf(item, TAGS.unitsCode)?.code === 's' ? 1000 * value : value;
    const named = (pattern: RegExp) => pattern.test(concept.code) || pattern.test(concept.meaning);
    const field = MEASURED.find(([, pattern]) => named(pattern))?.[0];
    if (field && value > 0) found[field] ??= field === 'heartRateBpm' ? value : inMs;
    else if (named(RR) && meanRrMs === 0) meanRrMs = inMs;
  }
  if (meanRrMs > 0) found.heartRateBpm ??= Math.round(60_000 / meanRrMs);
  const none = Object.keys(found).length === 0;
  const measurements = none ? null : { heartRateBpm: null, prMs: null, qrsMs: null, qtMs: null, ...found };
  return { measurements, statements };
}

function dateOf(text: string): string | null {
  const [, year, month, day] = /^(\d{4})[.-]?(\d\d)[.-]?(\d\d)/.exec(text) ?? [];
  return isoDate(Number(year), Number(month), Number(day));
}
