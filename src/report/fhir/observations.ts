import type { Finding, Measurements, Patient } from '../../ecg';
import { sentence, statementText, type Words } from '../../words';
import { concept, type Json, LOINC, MEASURED, quantity, SNOMED, STATEMENTS } from './codes';

/** One Observation for each number that could be measured. */
export function measurementObservations(measurements: Measurements | null, common: Json): readonly Json[] {
  if (!measurements) return [];
  return MEASURED.flatMap(({ loinc, display, unit, ucum, of }) => {
    const value = of(measurements);
    if (value === null) return [];
    const code = loinc ? concept(LOINC, loinc, display) : { text: display };
    return { resourceType: 'Observation', ...common, code, valueQuantity: quantity(rounded(value), unit, ucum) };
  });
}

/** Two decimals are finer than any ECG. */
const rounded = (value: number) => Number(value.toFixed(2));

export function ageObservation({ ageYears }: Patient, common: Json): readonly Json[] {
  if (ageYears === null) return [];
  const valueQuantity = quantity(rounded(ageYears), 'years', 'a');
  return [{ resourceType: 'Observation', ...common, code: concept(LOINC, '30525-0', 'Age'), valueQuantity }];
}

/** One Observation for each statement of the network: present or absent, with its probability and threshold, or why neither. */
export function findingObservation(words: Words, finding: Finding, common: Json): Json {
  const { probability, threshold, operatingPoint, status, reason, reasonSaying, evidence, conflicts, shift } = finding;
  const { fhir, findings } = words;
  const label = statementText(words, finding);
  const said = [
    ...evidence.map(({ side, text, saying }) => fhir.fact(findings.sides[side], sentence(words, text, saying))),
    ...conflicts.map(({ message, saying }) => sentence(words, message, saying)),
  ];
  const base = {
    resourceType: 'Observation',
    ...common,
    code: { coding: codingsOf(finding), text: label },
    ...(said.length > 0 && { note: said.map((text) => ({ text })) }),
  };
  if (status === 'notAssessed' || probability === null) {
    const system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
    return {
      ...base,
      dataAbsentReason: {
        ...concept(system, 'not-performed', 'Not Performed'),
        text: reason === null ? label : sentence(words, reason, reasonSaying),
      },
    };
  }
  return {
    ...base,
    valueCodeableConcept:
      status === 'present' ? concept(SNOMED, '52101004', 'Present') : concept(SNOMED, '2667000', 'Absent'),
    component: [
      { code: { text: fhir.probability }, valueQuantity: quantity(Number(probability.toFixed(4)), '1', '1') },
      { code: { text: fhir.threshold[operatingPoint] }, valueQuantity: quantity(threshold, '1', '1') },
      ...(shift
        ? [
            { code: { text: fhir.ownPrevalence }, valueQuantity: quantity(shift.own, '1', '1') },
            { code: { text: fhir.withLearned }, valueQuantity: quantity(Number(shift.from.toFixed(4)), '1', '1') },
          ]
        : []),
    ],
  };
}

export const codingsOf = ({ code, snomed, label }: Finding): readonly Json[] => [
  ...(snomed ? [{ system: SNOMED, code: snomed, display: label }] : []),
  { system: STATEMENTS, code, display: label },
];
