import type { Alert } from '../ecg';
import { useWords } from './hooks';

/** What must be seen first, whatever the network says. */
export function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const words = useWords().reading;
  return (
    <ul className="alerts" aria-live="assertive" aria-label={words.alerts} data-testid="alerts">
      {alerts.map(({ code, message }) => (
        <li key={code} data-testid="alert" data-code={code}>
          <span aria-hidden="true">!</span> {message}
        </li>
      ))}
    </ul>
  );
}
