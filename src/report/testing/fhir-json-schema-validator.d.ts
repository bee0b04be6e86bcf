declare module '@asymmetrik/fhir-json-schema-validator' {
  /** Checks a resource against the JSON Schema of FHIR R4; an empty list means that it holds. */
  export default class Validator {
    validate(resource: unknown, verbose: boolean): readonly unknown[];
  }
}
