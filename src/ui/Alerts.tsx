import type { Alert } from '../ecg';
import { sentence } from '../words';
import { useWords } from './hooks';

/** What must be seen first, whatever the network says. */
export function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const words = useWords();
  return (
    <ul className="alerts" aria-live="assertive" aria-label={words.reading.alerts} data-testid="alerts">
      {alerts.map(({ code, message, saying }) => (
        <li key={code} data-testid="alert" data-code={code}>
          <span aria-hidden="true">!</span> {sentence(words, message, saying)}
        </li>
      ))}
    </ul>
  );
}
