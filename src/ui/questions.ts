import type { ReadOptions } from '../client';
import { LEADS, type Missing, type Reading } from '../ecg';
import { errorText, type Words } from '../words';
import type { Item, Question } from './state';

/** One question for all rows of a drop that need an answer, and for those that would say more with one; null where there is none. */
export function questionOf(items: readonly Item[], given: ReadOptions): Question | null {
  const asking = items.flatMap((item) => {
    const missing = missingIn(item.reading, given);
    return missing.length > 0 ? [{ item, missing }] : [];
  });
  const first = asking.find(({ item }) => item.reading.error) ?? asking[0];
  if (!first) return null;
  const { id, reading } = first.item;
  return {
    about: id,
    error: reading.error,
    file: reading.source.name,
    missing: [...new Set(asking.flatMap(({ missing }) => missing))],
    files: [...new Set(asking.flatMap(({ item }) => item.files))],
    replaces: asking.map(({ item }) => item.id),
    given,
  };
}

/** What the reader is asked, in a sentence. */
export function questionText(words: Words, { error, file }: Question): string {
  return error ? errorText(words, error) : words.question.leads(file);
}

/** What the file does not say: of an open recording that is at most its leads, which were not answered for so many signals. */
function missingIn({ error, recording, warnings }: Reading, given: ReadOptions): readonly Missing[] {
  if (error?.code === 'NEEDS_INPUT') return error.detail.missing ?? [];
  if (error || !recording || !warnings.some(({ code }) => code === 'LEAD_UNKNOWN')) return [];
  const named = recording.leads.some(({ name }) => LEADS.some((lead) => lead === name));
  return named || given.leads?.length === recording.leads.length ? [] : ['leads'];
}
