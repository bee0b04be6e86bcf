import type { HeadCard } from '../ecg';
import { useWords } from './hooks';
import { ResultsTable } from './ResultsTable';

/** The small models beside the network: what they learned from and how well they do. */
export function HeadCards({ heads }: { readonly heads: readonly HeadCard[] }) {
  const words = useWords().card;
  return heads.map(({ id, name, version, results, training, weights }) => (
    <section key={id} data-testid="head-card" data-id={id}>
      <h3 lang="en">
        {name} {version}
      </h3>
      <ResultsTable results={results} label={words.resultsOf(name)} />
      <ul>
        {training.data.map((data) => (
          <li key={data.name} lang="en">
            {words.headData(data.name, data.records, data.licence)}, <span className="fine">{data.url}</span>
          </li>
        ))}
      </ul>
      <p className="fine">{words.weights(Object.values(weights.sha256).join(' '), weights.bytes / 1e6)}</p>
    </section>
  ));
}
