import type { Fact, Measurements, Ranges } from '../ecg';
import type { Interval } from '../paper';
import { sentence } from '../words';
import { usePage, usePageStore, useWords } from './hooks';
import { measurementRows } from './measurement-list';

interface FactListProps {
  readonly facts: readonly Fact[];
  /** Sentences above the list: what one of them says is not said again, its marks are shown all the same. */
  readonly told: readonly string[];
  readonly measurements: Measurements | null;
  readonly ranges: Ranges;
}

/** What was measured for and against a statement; pressed, the trace shows where. */
export function FactList({ facts, told, measurements, ranges }: FactListProps) {
  const words = useWords();
  if (facts.length === 0) return null;
  const rows = measurements ? measurementRows(words, measurements, ranges) : [];
  const intervals = new Map<string, Interval | null>(rows.map(({ name, interval }) => [name, interval]));
  intervals.set('st', ST);
  return (
    <ul className="facts" aria-label={words.measurements.measured}>
      {facts.map((fact) => {
        const isTold = told.some((message) => message.includes(fact.text));
        const text = isTold ? words.measurements.showFact : sentence(words, fact.text, fact.saying);
        const name = fact.measurement ?? '';
        const interval = intervals.get(name);
        if (isTold && !interval && !IN_WAVES.includes(name)) return null;
        return (
          <li key={fact.text} data-testid="fact" data-side={fact.side}>
            <span className="fact-side">{words.findings.sides[fact.side]}</span>{' '}
            {interval ? (
              <IntervalLink name={name} interval={interval}>
                {text}
              </IntervalLink>
            ) : IN_WAVES.includes(name) ? (
              <WavesLink>{text}</WavesLink>
            ) : (
              text
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** From the J point on. */
const ST: Interval = ['qrs.offset', 't.onset'];

/** What is marked above the trace together with the waves: letters of beats and pacing spikes. */
const IN_WAVES: readonly string[] = ['beatList', 'pacingSpikes'];

interface IntervalLinkProps {
  readonly name: string;
  readonly interval: Interval;
  readonly children: string;
}

function IntervalLink({ name, interval, children }: IntervalLinkProps) {
  const { showInterval } = usePageStore().getState();
  const pressed = usePage(({ shownInterval }) => shownInterval?.name === name);
  return (
    <FactLink pressed={pressed} show={() => showInterval({ name, interval })}>
      {children}
    </FactLink>
  );
}

function WavesLink({ children }: Pick<IntervalLinkProps, 'children'>) {
  const { toggleWaves } = usePageStore().getState();
  const pressed = usePage(({ showWaves }) => showWaves);
  return (
    <FactLink pressed={pressed} show={toggleWaves}>
      {children}
    </FactLink>
  );
}

interface FactLinkProps {
  readonly pressed: boolean;
  readonly show: () => void;
  readonly children: string;
}

function FactLink({ pressed, show, children }: FactLinkProps) {
  const words = useWords().measurements;
  return (
    <button type="button" className="measurement-link" aria-pressed={pressed} title={words.showFact} onClick={show}>
      {children}
    </button>
  );
}
