import type { Warning } from '../ecg';

/** Every assumption about the recording, plainly. */
export function WarningList({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <section className="warnings" aria-label="About this recording">
      <h2>About this recording</h2>
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
