import { importSealed } from '../release/sealed';
import { chosenLanguage, ENGLISH, LANGUAGE_NAMES, type Language, loadWords, type Words } from '../words';
import type { PageState } from './state';

/** What the reader does to the page's language. It stands in the address, `?lang=de`, and is kept nowhere else. */
export interface LanguageActions {
  speak(language: Language): Promise<void>;
}

/** The page's state, as far as its language needs it. */
interface Store {
  readonly change: (patch: Partial<PageState>) => void;
  readonly fail: (error: unknown) => void;
}

/** The words that the page begins with: as its address or the browser asks; English where those could not be loaded. */
export async function firstWords(): Promise<Words> {
  const language = chosenLanguage(window.location.search, navigator.languages);
  const words = await wordsOf(language).catch(() => ENGLISH);
  tell(words);
  return words;
}

/** English is part of the page; every other language is a script by itself, compared and loaded once. */
function wordsOf(language: Language): Promise<Words> {
  const load = () => loadWords(language, navigator.languages);
  const words = known.get(language) ?? (language === 'en' ? load() : importSealed(language, load));
  known.set(language, words);
  words.catch(() => known.delete(language));
  return words;
}

const known = new Map<Language, Promise<Words>>();

/** Fetches every language, so that changing it later asks the network for nothing. */
export const prepareWords = () => Promise.all(LANGUAGE_NAMES.map(({ language }) => wordsOf(language)));

export function languageActions({ change, fail }: Store): LanguageActions {
  let wanted: Language | null = null;
  return {
    async speak(language) {
      wanted = language;
      try {
        const words = await wordsOf(language);
        // Another one may have been asked for while this one came.
        if (wanted !== language) return;
        const address = new URL(window.location.href);
        address.searchParams.set('lang', language);
        window.history.replaceState(window.history.state, '', address);
        tell(words);
        change({ words });
      } catch (error) {
        fail(error);
      }
    },
  };
}

/** Screen readers and the browser's own tools go by these. */
function tell({ language, title }: Words): void {
  document.documentElement.lang = language;
  document.title = title;
}
