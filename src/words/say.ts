import type { Saying, SayingValue } from '../ecg';
import { saidInEnglish } from './said';
import { createTools } from './tools';

/** Every sentence that is found out away from the page, by its name. */
export type Said = ReturnType<typeof saidInEnglish>;

type Named<Id extends keyof Said> = Said[Id] extends (values: infer Values) => string ? Values : never;

/** Where a text is wanted, another saying can stand; where texts are, sayings or statements by their code. */
type Stands<Value> =
  | Value
  | (string extends Value ? Saying : never)
  | (Value extends readonly string[]
      ? readonly (string | Saying | { readonly code: string; readonly label: string })[]
      : never);

/** What `say` is given for a sentence. */
export type SayingOf<Id extends keyof Said> =
  unknown extends Named<Id>
    ? Readonly<Record<string, never>>
    : { readonly [Name in keyof Named<Id>]: Stands<Named<Id>[Name]> };

const ENGLISH = saidInEnglish(createTools('en-GB'));

/** A sentence in English, as exports have it, and by its name, so that the page can say it in its language. */
export interface InWords {
  readonly text: string;
  readonly saying: Saying;
}

/** Says a sentence in English and keeps what it was made of. */
export function say<Id extends keyof Said>(id: Id, values: SayingOf<Id>): InWords {
  const saying: Saying = { id, values: values as Saying['values'] };
  return { text: spoken(ENGLISH, ({ label }) => label, saying) ?? id, saying };
}

/** The same as a message and its saying: what alerts, warnings and conflicts are made with. */
export function message<Id extends keyof Said>(id: Id, values: SayingOf<Id>) {
  const { text, saying } = say(id, values);
  return { message: text, saying };
}

type Statement = { readonly code: string; readonly label: string };

/** The sentence in a language; null where that language has no such one: it came from another version of this program. */
export function spoken(said: Said, nameOf: (statement: Statement) => string, { id, values }: Saying): string | null {
  // A saying crosses workers and files as plain data: its name is looked up, and its values are as `say` took them.
  const sentences: Readonly<Partial<Record<string, (values: never) => string>>> = said;
  const write = sentences[id] as ((values: unknown) => string) | undefined;
  const plain = (value: SayingValue): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== 'object') return value;
    if (isSaying(value)) return spoken(said, nameOf, value) ?? '';
    if (isStatement(value)) return nameOf(value);
    return value;
  };
  if (!write) return null;
  return write(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])));
}

const isSaying = (value: object): value is Saying => 'id' in value && 'values' in value;
const isStatement = (value: object): value is Statement => 'code' in value && 'label' in value;
