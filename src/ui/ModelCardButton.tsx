import type { ModelCard } from '../ecg';
import { sentence } from '../words';
import { Diagnostics } from './Diagnostics';
import { DialogButton } from './DialogButton';
import { usePage, useWords } from './hooks';

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
          {engine && <p className="fine">{sentence(all, engine.reason, engine.reasonSaying)}</p>}
          <Diagnostics />
        </div>
      )}
    </DialogButton>
  );
}

function Card({ card }: { readonly card: ModelCard }) {
  const { card: words, number } = useWords();
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label={words.resultsLabel} tabIndex={0}>
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
