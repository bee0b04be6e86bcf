import type { Measurements, RecordingSummary } from '../ecg';
import { type DeviceRow, deviceRows } from './device-list';
import { useWords } from './hooks';

interface DevicePanelProps {
  readonly recording: RecordingSummary;
  readonly measurements: Measurements | null;
}

/** What the acquiring device measured and wrote, beside ours. Nothing where it did neither. */
export function DevicePanel({ recording, measurements }: DevicePanelProps) {
  const words = useWords();
  const { deviceMeasurements, deviceStatements } = recording;
  const rows = deviceMeasurements && measurements ? deviceRows(words, measurements, deviceMeasurements) : [];
  if (rows.length === 0 && deviceStatements.length === 0) return null;
  return (
    <section className="device warnings" aria-label={words.device.title} data-testid="device">
      <h2>{words.device.title}</h2>
      {rows.length > 0 && <Table rows={rows} />}
      <ul>
        {deviceStatements.map((statement) => (
          <li key={statement}>{statement}</li>
        ))}
      </ul>
    </section>
  );
}

function Table({ rows }: { readonly rows: readonly DeviceRow[] }) {
  const { device: words, number } = useWords();
  const whole = (value: number | null) => (value === null ? '–' : number(value));
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.ours}</th>
          <th scope="col">{words.device}</th>
          <th scope="col">{words.difference}</th>
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
              {difference !== null && difference > 0 && '+'}
              {whole(difference)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
