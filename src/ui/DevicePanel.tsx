import type { Measurements, RecordingSummary } from '../ecg';
import { type DeviceRow, deviceRows } from './device-list';

interface DevicePanelProps {
  readonly recording: RecordingSummary;
  readonly measurements: Measurements | null;
}

/** What the acquiring device measured and wrote, beside ours. Nothing where it did neither. */
export function DevicePanel({ recording, measurements }: DevicePanelProps) {
  const { deviceMeasurements, deviceStatements } = recording;
  const rows = deviceMeasurements && measurements ? deviceRows(measurements, deviceMeasurements) : [];
  if (rows.length === 0 && deviceStatements.length === 0) return null;
  return (
    <section className="device warnings" aria-label="The device's own reading" data-testid="device">
      <h2>The device’s own reading</h2>
      {rows.length > 0 && <Table rows={rows} />}
      <ul>
        {deviceStatements.map((statement) => (
          <li key={statement}>{statement}</li>
        ))}
      </ul>
    </section>
  );
}

const whole = (value: number | null) => (value === null ? '–' : Math.round(value));

function Table({ rows }: { readonly rows: readonly DeviceRow[] }) {
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">Ours</th>
          <th scope="col">Device</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, label, unit, ours, device, difference, apart }) => (
          <tr key={name} data-testid="device-row" data-name={name} data-apart={apart}>
            <th scope="row">
              {label} <small>{unit}</small>
            </th>
            <td>{whole(ours)}</td>
            <td>{whole(device)}</td>
            <td>
              {difference === null ? '–' : difference > 0 ? `+${difference}` : String(difference).replace('-', '−')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
