import { type Dictionary, en } from './en';
import { createTools, type Tools } from './tools';

/** All words of the page in one language, and its way with numbers and dates. */
export type Words = Dictionary & Tools & { readonly language: Language };

type Write = (tools: Tools) => Dictionary;

/** Every language by its own name. A new one is a file and a line here. */
const LANGUAGES = {
  en: { name: 'English', locale: 'en-GB', load: async (): Promise<Write> => en },
  de: { name: 'Deutsch', locale: 'de-DE', load: async (): Promise<Write> => (await import('./de')).de },
  es: { name: 'Español', locale: 'es-ES', load: async (): Promise<Write> => (await import('./es')).es },
  zh: { name: '中文', locale: 'zh-CN', load: async (): Promise<Write> => (await import('./zh')).zh },
} as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_NAMES = Object.entries(LANGUAGES).map(([language, { name }]) => ({
  language: language as Language,
  name,
}));

const languageOf = (tag: string): Language | null =>
  LANGUAGE_NAMES.find(({ language }) => tag.toLowerCase().split('-')[0] === language)?.language ?? null;

/** The language that the address asks for (`?lang=de`), else the first of the reader's that there is, else English. */
export function chosenLanguage(search: string, readers: readonly string[]): Language {
  const asked = new URLSearchParams(search).get('lang');
  const known = [...(asked === null ? [] : [asked]), ...readers].flatMap((tag) => languageOf(tag) ?? []);
  return known[0] ?? 'en';
}

/** How the reader's own region writes numbers and dates in a language: `es-MX` has a point where `es-ES` has a comma. */
export function localeOf(language: Language, readers: readonly string[]): string {
  // English dates are written with the day first and the month in letters, wherever the reader lives.
  const own = language === 'en' ? undefined : readers.find((tag) => languageOf(tag) === language && tag.includes('-'));
  return own ?? LANGUAGES[language].locale;
}

/** Fetched once, before a file is opened; the promise is dropped where that failed, so that the next call tries again. */
const loading = new Map<Language, Promise<Write>>();

function load(language: Language): Promise<Write> {
  const known = loading.get(language);
  if (known) return known;
  const started = LANGUAGES[language].load();
  loading.set(language, started);
  started.catch(() => loading.delete(language));
  return started;
}

/** The words of a language. Rejects where its file could not be loaded. */
export async function loadWords(language: Language, readers: readonly string[]): Promise<Words> {
  const write = await load(language);
  return wordsOf(language, write, readers);
}

function wordsOf(language: Language, write: Write, readers: readonly string[]): Words {
  const tools = createTools(localeOf(language, readers));
  return { ...write(tools), ...tools, language };
}

/** What exports for machines are written in, and the page where nothing else could be loaded. */
export const ENGLISH: Words = wordsOf('en', en, []);
