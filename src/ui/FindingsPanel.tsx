import { DevicePanel } from './DevicePanel';
import { Findings } from './Findings';
import { MeasurementGrid } from './MeasurementGrid';
import { isAgainst, QualityLine } from './QualityLine';
import { RunLine } from './RunLine';
import { type Item, shownReading } from './state';
import { WarningList } from './WarningList';

/** The reading, in the order in which it matters: whether to trust it, the numbers, the statements. */
export function FindingsPanel({ item }: { readonly item: Item }) {
  const reading = shownReading(item);
  const { quality, measurements, ranges, warnings, recording } = reading;
  const pending = item.state === 'waiting' || item.state === 'analysing';
  return (
    <aside className="panel" aria-label="Reading" aria-busy={pending}>
      {quality && <QualityLine quality={quality} warnings={warnings} />}
      {measurements && <MeasurementGrid measurements={measurements} ranges={ranges} />}
      <Findings reading={reading} pending={pending} />
      {recording && <DevicePanel recording={recording} measurements={measurements} />}
      <WarningList warnings={quality ? warnings.filter((warning) => !isAgainst(warning)) : warnings} />
      <RunLine item={item} />
    </aside>
  );
}
