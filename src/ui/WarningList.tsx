import type { Warning } from '../ecg';
import { useWords } from './hooks';

/** Every assumption about the recording, plainly. */
export function WarningList({ warnings }: { readonly warnings: readonly Warning[] }) {
  const words = useWords().reading;
  if (warnings.length === 0) return null;
  return (
    <section className="warnings" aria-label={words.about}>
      <h2>{words.about}</h2>
      <ul>
        {warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`} data-testid="warning" data-code={code}>
            {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
