import type { Measurements, Ranges } from '../ecg';
import { sentence } from '../words';
import { usePage, usePageStore, useWords } from './hooks';
import { flagText, isFirst, type MeasurementRow, measurementRows, notesOf, valueText } from './measurement-list';

interface MeasurementGridProps {
  readonly measurements: Measurements;
  readonly ranges: Ranges;
}

export function MeasurementGrid({ measurements, ranges }: MeasurementGridProps) {
  const words = useWords();
  const rows = measurementRows(words, measurements, ranges);
  return (
    <section className="measurements" aria-label={words.measurements.label} data-testid="measurements">
      <Rows rows={rows.filter(isFirst)} />
      <details>
        <summary>{words.measurements.more}</summary>
        <Rows rows={rows.filter((row) => !isFirst(row))} />
      </details>
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly MeasurementRow[] }) {
  const words = useWords();
  return (
    <>
      <dl>
        {rows.map((row) => (
          <Row key={row.name} row={row} />
        ))}
      </dl>
      {notesOf(words, rows).map(({ note, about }) => (
        <p key={note} className="measurement-note" data-testid="measurement-note">
          {about}: {note}
        </p>
      ))}
    </>
  );
}

function Row({ row }: { readonly row: MeasurementRow }) {
  const { name, label, unit, value, range } = row;
  const words = useWords();
  const say = words.measurements;
  const flag = flagText(words, row);
  return (
    <div
      data-testid="measurement"
      data-name={name}
      data-value={value ?? ''}
      data-unit={unit}
      data-flag={flag === '' ? '' : (range?.flag ?? 'outside')}
    >
      <dt>
        <Shown row={row} />
        {value === null && label}
      </dt>
      <dd data-known={value !== null}>
        <span className="number">
          {valueText(words, row)}
          {value !== null && <small> {unit}</small>}
        </span>
        {flag && <span className="flag">{flag}</span>}
        {row.disputedMs !== null && (
          <span
            className="flag"
            data-testid="disputed"
            title={row.interval?.[1] === 't.offset' ? say.secondQt(row.disputedMs) : say.second(row.disputedMs)}
          >
            {say.disputed}
          </span>
        )}
        {value !== null && range?.text && (
          <span className="range" title={range.source ?? undefined}>
            {say.normal(sentence(words, range.text, range.textSaying))}
          </span>
        )}
      </dd>
    </div>
  );
}

/** The measurement's name; pressed, the trace shows where it was taken. */
function Shown({ row: { name, label, value, interval } }: { readonly row: MeasurementRow }) {
  const words = useWords().measurements;
  const { showInterval } = usePageStore().getState();
  const pressed = usePage(({ shownInterval }) => shownInterval?.name === name);
  if (value === null || !interval) return null;
  return (
    <button
      type="button"
      className="measurement-link"
      aria-pressed={pressed}
      title={words.show(label)}
      onClick={() => showInterval({ name, interval })}
    >
      {label}
    </button>
  );
}
