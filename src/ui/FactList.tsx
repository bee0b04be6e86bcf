import type { Fact, Measurements, Ranges } from '../ecg';
import { sentence } from '../words';
import { usePage, usePageStore, useWords } from './hooks';
import { measurementRows } from './measurement-list';

interface FactListProps {
  readonly facts: readonly Fact[];
  readonly measurements: Measurements | null;
  readonly ranges: Ranges;
}

/** What was measured for and against a statement; pressed, the trace shows where. */
export function FactList({ facts, measurements, ranges }: FactListProps) {
  const words = useWords();
  if (facts.length === 0) return null;
  const rows = measurements ? measurementRows(words, measurements, ranges) : [];
  return (
    <ul className="facts" aria-label={words.measurements.measured}>
      {facts.map((fact) => {
        const row = rows.find(({ name }) => name === fact.measurement);
        return (
          <li key={fact.text} data-testid="fact" data-side={fact.side}>
            <span className="fact-side">{words.findings.sides[fact.side]}</span>{' '}
            {row?.interval ? (
              <FactLink fact={fact} name={row.name} interval={row.interval} />
            ) : (
              sentence(words, fact.text, fact.saying)
            )}
          </li>
        );
      })}
    </ul>
  );
}

type Row = ReturnType<typeof measurementRows>[number];

interface FactLinkProps {
  readonly fact: Fact;
  readonly name: Row['name'];
  readonly interval: NonNullable<Row['interval']>;
}

function FactLink({ fact, name, interval }: FactLinkProps) {
  const words = useWords();
  const { showInterval } = usePageStore().getState();
  const pressed = usePage(({ shownInterval }) => shownInterval?.name === name);
  return (
    <button
      type="button"
      className="measurement-link"
      aria-pressed={pressed}
      title={words.measurements.showFact}
      onClick={() => showInterval({ name, interval })}
    >
      {sentence(words, fact.text, fact.saying)}
    </button>
  );
}
