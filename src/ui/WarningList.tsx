import type { Warning } from '../ecg';
import { warningText } from '../words';
import { useWords } from './hooks';

/** Every assumption about the recording, plainly. */
export function WarningList({ warnings }: { readonly warnings: readonly Warning[] }) {
  const words = useWords();
  if (warnings.length === 0) return null;
  return (
    <section className="warnings" aria-label={words.reading.about}>
      <h2>{words.reading.about}</h2>
      <ul>
        {warnings.map((warning) => (
          <li key={`${warning.code} ${warning.message}`} data-testid="warning" data-code={warning.code}>
            {warningText(words, warning)}
          </li>
        ))}
      </ul>
    </section>
  );
}
