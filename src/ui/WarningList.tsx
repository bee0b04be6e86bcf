import type { Warning } from '../ecg';

interface WarningListProps {
  readonly warnings: readonly Warning[];
  /** What the acquiring device wrote. */
  readonly statements: readonly string[];
}

/** Every assumption about the recording, plainly, and what the device itself had to say. */
export function WarningList({ warnings, statements }: WarningListProps) {
  return (
    <>
      {warnings.length > 0 && (
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
      )}
      {statements.length > 0 && (
        <section className="warnings" aria-label="Statements of the device">
          <h2>The device wrote</h2>
          <ul>
            {statements.map((statement) => (
              <li key={statement}>{statement}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
