/** What stands in a saying: numbers and names as they are, statements by their code, other sayings. */
export type SayingValue =
  | string
  | number
  | boolean
  | null
  | Saying
  | readonly SayingValue[]
  | { readonly [name: string]: SayingValue };

/**
 * A sentence by its name and what stands in it, so that it can be said in any language. Goes beside every English sentence that a reading
 * carries; `words/said.ts` lists them all.
 */
export interface Saying {
  readonly id: string;
  readonly values: { readonly [name: string]: SayingValue };
}

/** A text in English, and where it has one, its saying. */
export interface Worded {
  readonly text: string;
  readonly saying?: Saying;
}
