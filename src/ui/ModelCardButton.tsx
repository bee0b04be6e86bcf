import type { ModelCard } from '../ecg';
import { DialogButton } from './DialogButton';
import { usePage } from './hooks';

/** What the network is, what it learned from, how well it does and what it cannot do: as model.json says it. */
export function ModelCardButton() {
  const engine = usePage((page) => page.engine);
  return (
    <DialogButton label="About" title="About EfficientECG in the browser">
      {() => (
        <div className="card">
          <p>
            <b>Research software, not a medical device.</b> It must not decide about a patient.
          </p>
          <p>
            <b>Privacy.</b> Files are read and analysed in this page, on this computer. Nothing is uploaded, stored or
            counted; the page loads its own files only.
          </p>
          <p>
            <a href="licences.html" target="_blank" rel="noreferrer">
              Licences and bill of materials
            </a>
          </p>
          {engine?.own && (
            <p role="note" data-testid="own-card">
              <b>This is your own model.</b> Whoever made this page has neither seen nor tested it. What follows is what
              its model.json says of itself.
            </p>
          )}
          {engine ? <Card card={engine.card} /> : <p>The model has not been loaded.</p>}
          {engine && <p className="fine">{engine.reason}</p>}
        </div>
      )}
    </DialogButton>
  );
}

function Card({ card }: { readonly card: ModelCard }) {
  const { input, training, labels, results, weights } = card;
  return (
    <>
      <h3>
        {card.name} {card.version}
      </h3>
      <p>
        {millions(training.parameters)} parameters, {labels.length} statements. It sees {input.leads.length} leads at{' '}
        {input.samplingRateHz} Hz, {input.filter.lowHz}–{input.filter.highHz} Hz, in windows of{' '}
        {input.lengths.join(', ')} s, with age and sex where they are known. Trained on {training.date}.
      </p>
      <h3>Results</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label="Results of each statement" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th>Set</th>
              <th>Statement</th>
              <th>Metric</th>
              <th>Value (95 % interval)</th>
              <th>n</th>
              <th>Positives</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <tr key={[result.set, result.signals, result.metric, result.label].join()}>
                <td>
                  {result.set}
                  {result.signals === 'raw' && ', raw signals'}
                </td>
                <td>{result.label}</td>
                <td>{result.metric}</td>
                <td className="number">
                  {result.value.toFixed(3)} ({result.low.toFixed(3)}–{result.high.toFixed(3)})
                </td>
                <td className="number">{result.n}</td>
                <td className="number">{result.positives}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <h3>Data</h3>
      <ul>
        {training.data.map(({ name, records, patients, licence, url }) => (
          <li key={name}>
            {name}: {records} ECGs of {patients} patients, {licence}, <span className="fine">{url}</span>
          </li>
        ))}
      </ul>
      <h3>Limits</h3>
      <ul>
        <li>
          Says nothing under {input.age.minYears} years, under {input.minSamplingRateHz} Hz, or without the leads that a
          statement needs.
        </li>
        <li>
          Says nothing about what it has no statement for, acute ST elevation among it, and never excludes an emergency.
        </li>
        <li>
          Its probabilities were calibrated on {[...new Set(labels.map(({ setOn }) => setOn))].join(', ')}; other
          patients and devices differ.
        </li>
      </ul>
      <p className="fine">
        Weights SHA-256 {Object.values(weights.sha256).join(' ')}, {(weights.bytes / 1e6).toFixed(1)} MB
      </p>
    </>
  );
}

const millions = (count: number) => `${(count / 1e6).toFixed(2)} M`;
