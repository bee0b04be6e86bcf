import type { ModelCard } from '../ecg';
import { sentence } from '../words';
import { Diagnostics } from './Diagnostics';
import { DialogButton } from './DialogButton';
import { HeadCards } from './HeadCards';
import { usePage, useWords } from './hooks';
import { ResultsTable } from './ResultsTable';

/** What the network is, what it learned from, how well it does and what it cannot do: as model.json says it. */
export function ModelCardButton() {
  const all = useWords();
  const { card: words, notice } = all;
  const engine = usePage((page) => page.engine);
  return (
    <DialogButton label={words.about} title={words.title}>
      {() => (
        <div className="card">
          <p>
            <b>{notice}</b> {words.notDecide}
          </p>
          <p>
            <b>{words.privacy}</b> {words.privacyText}
          </p>
          <p>
            <a href="licences.html" target="_blank" rel="noreferrer">
              {words.licences}
            </a>
          </p>
          {engine?.own && (
            <p role="note" data-testid="own-card">
              <b>{words.ownTitle}</b> {words.ownText}
            </p>
          )}
          {engine ? <Card card={engine.card} /> : <p>{words.notLoaded}</p>}
          {engine?.heads && <HeadCards heads={engine.heads} />}
          {engine && <p className="fine">{sentence(all, engine.reason, engine.reasonSaying)}</p>}
          <Diagnostics />
        </div>
      )}
    </DialogButton>
  );
}

function Card({ card }: { readonly card: ModelCard }) {
  const words = useWords().card;
  const { input, training, labels, results, weights } = card;
  return (
    <>
      <h3 lang="en">
        {card.name} {card.version}
      </h3>
      <p>
        {words.network({
          megaParameters: training.parameters / 1e6,
          statements: labels.length,
          leads: input.leads.length,
          hz: input.samplingRateHz,
          lowHz: input.filter.lowHz,
          highHz: input.filter.highHz,
          windowsS: input.lengths,
          trained: training.date,
        })}
      </p>
      <h3>{words.results}</h3>
      <ResultsTable results={results} label={words.resultsLabel} />
      <h3>{words.data}</h3>
      <ul>
        {training.data.map(({ name, records, patients, licence, url }) => (
          <li key={name}>
            {words.dataOf(name, records, patients, licence)}, <span className="fine">{url}</span>
          </li>
        ))}
      </ul>
      <h3>{words.limits}</h3>
      <ul>
        <li>{words.saysNothing(input.age.minYears, input.minSamplingRateHz)}</li>
        <li>{words.noStatement}</li>
        <li>{words.calibrated([...new Set(labels.map(({ setOn }) => setOn))])}</li>
      </ul>
      <p className="fine">{words.weights(Object.values(weights.sha256).join(' '), weights.bytes / 1e6)}</p>
    </>
  );
}
