import type { Measurements } from '../ecg';
import { shownRows, valueText } from './measurement-list';

export function MeasurementGrid({ measurements }: { readonly measurements: Measurements }) {
  return (
    <section className="measurements" aria-label="Measurements">
      <dl data-testid="measurements">
        {shownRows(measurements).map((row) => (
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
    </section>
  );
}
