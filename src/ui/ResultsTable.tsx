import type { Result } from '../ecg';
import { useWords } from './hooks';

interface ResultsTableProps {
  readonly results: readonly Result[];
  /** What the table is called for those who do not see it. */
  readonly label: string;
}

/** How well a model does, each figure with its interval and on how many. */
export function ResultsTable({ results, label }: ResultsTableProps) {
  const { card: words, number } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th>{words.set}</th>
            <th>{words.statement}</th>
            <th>{words.metric}</th>
            <th>{words.value}</th>
            <th>n</th>
            <th>{words.positives}</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr key={[result.set, result.signals, result.metric, result.label].join()}>
              <td lang="en">{result.signals === 'raw' ? words.raw(result.set) : result.set}</td>
              <td>{result.label}</td>
              <td lang="en">{result.metric}</td>
              <td className="number">
                {number(result.value, 3)} ({number(result.low, 3)}–{number(result.high, 3)})
              </td>
              <td className="number">{result.n}</td>
              <td className="number">{result.positives}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
