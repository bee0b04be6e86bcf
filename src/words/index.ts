export type { Atria, Outside, ReportInterval } from './en';
export {
  chosenLanguage,
  ENGLISH,
  LANGUAGE_NAMES,
  type Language,
  loadWords,
  localeOf,
  type Words,
} from './languages';
export { errorText, sentence, statementText, warningText } from './statement';
