import { type ByteSource, EcgError, type Recording } from '../ecg';
import { mdcLead } from './aecg/mdc';
import { isoDate } from './dates';
import { measurementsOf, patientOf } from './facts';
import { inMemoryRecording } from './in-memory';
import { type Json, list, object, objects, text } from './json';
import { checkAbort, type Reader, type ReadOptions } from './reader';
import { sampledSignals } from './sampled-data';

const MAX_BYTES = 2 ** 26;

/**
 * FHIR (R4, R5) in JSON: an Observation with SampledData in it or in its components, alone or in a Bundle with its Patient and Device.
 * Proved on HL7 Taiwan's example.
 */
export const fhir: Reader = {
  claim: async (files) =>
    files
      .filter(({ text }) => /^\s*\{[\s\S]*"resourceType"/.test(text ?? ''))
      .map(({ source }) => ({ parts: [source], open: (options) => open(source, options) })),
};

/** Throws EcgError TOO_LARGE, CORRUPT_FILE, UNSUPPORTED_FORMAT, NEEDS_INPUT. */
async function open(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const where = source.name;
  if (source.size > MAX_BYTES) {
    throw new EcgError('TOO_LARGE', `${where} is too large for an ECG in JSON.`, {
      found: `${source.size} bytes`,
      where,
    });
  }
  const root = parsed(new TextDecoder().decode(await source.read()), where);
  checkAbort(options);
  const resources = resourcesIn(root);
  const observations = resources.filter(({ resourceType }) => resourceType === 'Observation');
  const parts = observations.flatMap((one) => [one, ...list(one.component)]);
  const { signals, warnings } = sampledSignals(
    parts.flatMap((part) => {
      const data = object(part.valueSampledData);
      return data ? [{ spelling: nameOf(object(part.code)), data }] : [];
    }),
    options,
    where,
  );
  if (signals.length === 0) {
    const detail = { expected: 'an Observation with SampledData', found: `${root.resourceType}`, where };
    throw new EcgError('UNSUPPORTED_FORMAT', `There is no ECG in ${where}.`, detail);
  }
  const first = observations.find((one) => one.valueSampledData || list(one.component).length > 0);
  const startTime = momentOf(
    first?.effectiveDateTime ?? object(first?.effectivePeriod)?.start ?? first?.effectiveInstant,
  );
  const person = resources.find(({ resourceType }) => resourceType === 'Patient');
  const { patient, warnings: patientWarnings } = patientIn(person, object(first?.subject), startTime);
  const quantity = (...codes: readonly string[]) => quantityIn(parts, codes);
  return inMemoryRecording(source, {
    format: 'fhir-json',
    signals,
    startTime,
    device: text(object(first?.device)?.display) || null,
    patient,
    deviceMeasurements: measurementsOf({
      heartRateBpm: quantity('8867-4', '76282-3', '147842'),
      prMs: quantity('8625-6'),
      qrsMs: quantity('8633-0'),
      qtMs: quantity('8634-8'),
    }),
    deviceStatements: statementsIn(resources),
    warnings: [...patientWarnings, ...warnings],
  });
}

function parsed(json: string, where: string): Json {
  try {
    const root = object(JSON.parse(json));
    if (root) return root;
  } catch (cause) {
    const cut = !/[}\]]\s*$/.test(json);
    const message = cut ? `${where} is cut off: its end is missing.` : `${where} is no JSON.`;
    throw new EcgError(
      cut ? 'TRUNCATED_FILE' : 'CORRUPT_FILE',
      message,
      { found: String(cause).slice(0, 200), where },
      { cause },
    );
  }
  throw new EcgError('CORRUPT_FILE', `${where} holds no FHIR resource.`, { where });
}

/** The resource itself, what a Bundle holds, and what each contains. */
function resourcesIn(root: Json): readonly Json[] {
  const entries: readonly Json[] = [
    root,
    ...list(root.entry).flatMap(({ resource }): readonly Json[] => objects(resource)),
  ];
  return entries.flatMap((one): readonly Json[] => [one, ...list(one.contained)]);
}

/** `MDC_ECG_ELEC_POTL_AVR`, 131329, `Lead I`: the first name that means more than its code. */
function nameOf(code: Json | null): string {
  const codings = list(code?.coding);
  const spellings = [...codings.flatMap((coding) => [text(coding.display), text(coding.code)]), text(code?.text)];
  const known = spellings.map(mdcLead).find((name, i) => name !== '' && name !== spellings[i]?.trim());
  return known ?? (text(code?.text) || text(codings[0]?.display) || text(codings[0]?.code));
}

function patientIn(
  person: Json | undefined,
  subject: Json | null,
  startTime: string | null,
): ReturnType<typeof patientOf> {
  const name = list(person?.name)[0];
  const [year = 0, month = 0, day = 0] = text(person?.birthDate).split('-').map(Number);
  const given = Array.isArray(name?.given) ? name.given.map(text) : [];
  return patientOf(
    {
      id:
        text(list(person?.identifier)[0]?.value) ||
        text(person?.id) ||
        text(object(subject?.identifier)?.value) ||
        text(subject?.reference).replace(/^.*Patient\//, ''),
      name: name
        ? text(name.family) || given.length > 0
          ? [...given, text(name.family)]
          : [text(name.text)]
        : [text(subject?.display)],
      birthDate: isoDate(year, month, day),
      sex: text(person?.gender),
    },
    startTime,
  );
}

/** The first quantity with one of some codes (LOINC, MDC), in ms or bpm. */
function quantityIn(parts: readonly Json[], codes: readonly string[]): number | null {
  for (const part of parts) {
    if (!list(object(part.code)?.coding).some(({ code }) => codes.includes(text(code)))) continue;
    const quantity = object(part.valueQuantity);
    const value = quantity?.value;
    if (typeof value === 'number') return text(quantity?.code) === 's' ? value * 1000 : value;
  }
  return null;
}

function statementsIn(resources: readonly Json[]): readonly string[] {
  const concept = (one: Json) => text(one.text) || text(list(one.coding)[0]?.display);
  const said = resources.flatMap((one) => [
    text(one.conclusion),
    ...(one.resourceType === 'Observation' ? list(one.interpretation).map(concept) : []),
    ...list(one.note).map((note) => text(note.text)),
  ]);
  return [...new Set(said.map((line) => line.trim()).filter(Boolean))];
}

/** `2020-07-01T08:26:58+08:00` as the clock showed it. */
function momentOf(value: unknown): string | null {
  const fields = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d:\d\d))?/.exec(text(value));
  const date = fields && isoDate(Number(fields[1]), Number(fields[2]), Number(fields[3]));
  return date ? `${date}T${fields[4] ?? '00:00:00'}` : null;
}
