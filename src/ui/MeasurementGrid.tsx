import type { Measurements } from '../ecg';
import { isFirst, type MeasurementRow, measurementRows, valueText } from './measurement-list';

export function MeasurementGrid({ measurements }: { readonly measurements: Measurements }) {
  const rows = measurementRows(measurements);
  return (
    <section className="measurements" aria-label="Measurements" data-testid="measurements">
      <Rows rows={rows.filter(isFirst)} />
      <details>
        <summary>More measurements</summary>
        <Rows rows={rows.filter((row) => !isFirst(row))} />
        <p className="fine">RR variation over so short a time is not comparable with that of 5 minutes or 24 hours.</p>
      </details>
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly MeasurementRow[] }) {
  return (
    <dl>
      {rows.map((row) => (
        <div
          key={row.name}
          data-testid="measurement"
          data-name={row.name}
          data-value={row.value ?? ''}
          data-unit={row.unit}
        >
          <dt>{row.label}</dt>
          <dd data-known={row.value !== null}>
            {valueText(row)}
            {row.value !== null && <small> {row.unit}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
