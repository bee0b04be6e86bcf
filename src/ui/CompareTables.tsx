import type { Comparison, MeasurementChange, Reading } from '../ecg';
import { isSeen } from '../report';
import { sentence, statementText, type Words } from '../words';
import { usePage, useWords } from './hooks';
import { flagText, measurementRows } from './measurement-list';
import { isCovered } from './read-first';

interface CompareTablesProps {
  readonly comparison: Comparison;
  readonly here: Reading;
  readonly other: Reading;
}

/** What changed: numbers, statements, ST levels. */
export function CompareTables({ comparison, here, other }: CompareTablesProps) {
  const covered = usePage(isCovered);
  const words = useWords().compare;
  return (
    <div className="comparison-tables">
      <Alerts comparison={comparison} />
      <Measurements changes={comparison.measurements} here={here} other={other} />
      {covered ? <p>{words.covered}</p> : <Statements comparison={comparison} />}
      <StLevels st={comparison.st} />
    </div>
  );
}

const UNITS: Readonly<Record<MeasurementChange['name'], 'bpm' | 'ms' | '°'>> = {
  heartRateBpm: 'bpm',
  prMs: 'ms',
  qrsMs: 'ms',
  qtMs: 'ms',
  qtcFridericiaMs: 'ms',
  qrsAxisDeg: '°',
};

/** A rise of QTc that is looked at in itself, ms (ICH E14, 2005). */
const QTC_RISE_MS = 60;

/** What the columns of every table are: the other ECG, this one, and what changed. */
function Heads() {
  const say = useWords().compare;
  return (
    <thead>
      <tr>
        <td />
        <th scope="col">{say.otherShort}</th>
        <th scope="col">{say.hereShort}</th>
        <th scope="col">{say.change}</th>
      </tr>
    </thead>
  );
}

interface MeasurementsProps {
  readonly changes: readonly MeasurementChange[];
  readonly here: Reading;
  readonly other: Reading;
}

function Measurements({ changes, here, other }: MeasurementsProps) {
  const words = useWords();
  const say = words.compare;
  const shown = (value: number | null) => (value === null ? words.measurements.notMeasurable : words.number(value));
  return (
    <table className="changes" data-testid="changes">
      <caption>{words.measurements.label}</caption>
      <Heads />
      <tbody>
        {changes.map(({ name, other: before, here: now, change }) => (
          <tr key={name} data-name={name} data-change={change ?? ''}>
            <th scope="row">
              {words.measurements.names[name]}, {UNITS[name] === 'bpm' ? words.bpm : UNITS[name]}
            </th>
            <td>
              {shown(before)} <Flag reading={other} name={name} />
            </td>
            <td>
              {shown(now)} <Flag reading={here} name={name} />
            </td>
            <td>
              {change === null ? '–' : signed(words, change, 0)}
              {name === 'qtcFridericiaMs' && change !== null && change > QTC_RISE_MS && (
                <span className="flag" title="ICH E14, 2005">
                  {say.over(QTC_RISE_MS)}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a number is called on its own ECG: its normal range is the patient's then. */
function Flag({ reading, name }: { readonly reading: Reading; readonly name: string }) {
  const words = useWords();
  const { measurements, ranges } = reading;
  const row = measurements && measurementRows(words, measurements, ranges).find((one) => one.name === name);
  const flag = row && flagText(words, row);
  return flag ? <span className="flag">{flag}</span> : null;
}

function Alerts({ comparison: { alerts, order } }: { readonly comparison: Comparison }) {
  const words = useWords();
  const say = words.compare;
  if (alerts.length === 0) return <p>{say.sameAlerts}</p>;
  const [fresh, gone] = order === 'earlier' ? [say.fresh, say.gone] : [say.onlyHere, say.onlyThere];
  return (
    <table className="changes" data-testid="alert-changes">
      <caption>{say.alerts}</caption>
      <tbody>
        {alerts.map(({ code, message, saying, raisedHere }) => (
          <tr key={code} data-code={code} data-raised-here={raisedHere}>
            <th scope="row">{sentence(words, message, saying)}</th>
            <td>
              <span className="flag">{raisedHere ? fresh : gone}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Statements({ comparison }: { readonly comparison: Comparison }) {
  const words = useWords();
  const say = words.compare;
  const { statements, statementsCompared, order } = comparison;
  if (statementsCompared === 0) {
    return <p>{say.notRead}</p>;
  }
  if (statements.length === 0) return <p>{say.statesSame}</p>;
  const [fresh, gone] = order === 'earlier' ? [say.fresh, say.gone] : [say.onlyHere, say.onlyThere];
  return (
    <table className="changes" data-testid="statement-changes">
      <caption>{say.statements}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{say.otherShort}</th>
          <th scope="col">{say.hereShort}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {statements.map(({ code, label, here, other, statedHere }) => (
          <tr key={code} data-code={code} data-stated-here={statedHere}>
            <th scope="row">
              {statementText(words, { code, label })} <small>{code}</small>
            </th>
            <td>{words.percent(other)}</td>
            <td>{words.percent(here)}</td>
            <td>
              <span className="flag">{statedHere ? fresh : gone}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StLevels({ st }: { readonly st: Comparison['st'] }) {
  const words = useWords();
  const say = words.compare;
  if (st.length === 0) return <p>{say.noSt}</p>;
  return (
    <table className="changes st-changes" data-testid="st-changes">
      <caption>{say.st}</caption>
      <Heads />
      <tbody>
        {st.map((change) => (
          <tr key={change.lead} data-lead={change.lead} data-seen={isSeen(change)}>
            <th scope="row">{change.lead}</th>
            <td>{signed(words, change.otherMv, 2)}</td>
            <td>{signed(words, change.hereMv, 2)}</td>
            <td>
              {signed(words, change.hereMv - change.otherMv, 2)}
              {isSeen(change) && <span className="flag">{say.seen}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `+0.12`, `−4`, `0`. */
function signed({ number }: Words, value: number, digits: number): string {
  const text = number(Math.abs(value), digits);
  if (text === number(0, digits)) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}
