import { LANGUAGE_NAMES } from '../words';
import { usePageStore, useWords } from './hooks';

/** The page's language; each by its own name. */
export function LanguageSwitch() {
  const { speak } = usePageStore().getState();
  const words = useWords();
  return (
    <select
      aria-label={words.languageLabel}
      title={words.languageLabel}
      data-testid="language"
      value={words.language}
      onChange={({ target }) => {
        const chosen = LANGUAGE_NAMES.find(({ language }) => language === target.value);
        if (chosen) void speak(chosen.language);
      }}
    >
      {LANGUAGE_NAMES.map(({ language, name }) => (
        <option key={language} value={language} lang={language}>
          {name}
        </option>
      ))}
    </select>
  );
}
