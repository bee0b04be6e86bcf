import { DevicePanel } from './DevicePanel';
import { Findings } from './Findings';
import { usePage, useWords } from './hooks';
import { MeasurementGrid } from './MeasurementGrid';
import { PointSwitch } from './PointSwitch';
import { PrevalencePanel } from './PrevalencePanel';
import { isAgainst, QualityLine } from './QualityLine';
import { ReadFirst } from './ReadFirst';
import { RunLine } from './RunLine';
import { isCovered } from './read-first';
import { type Item, shownReading } from './state';
import { WarningList } from './WarningList';
import { WhatIf } from './WhatIf';

/** The reading, in the order in which it matters: whether to trust it, the numbers, the statements. */
export function FindingsPanel({ item }: { readonly item: Item }) {
  const reading = shownReading(item);
  const words = useWords().reading;
  const covered = usePage(isCovered);
  const { quality, measurements, ranges, warnings, recording } = reading;
  const pending = item.state === 'waiting' || item.state === 'analysing';
  return (
    <aside className="panel" aria-label={words.label} aria-busy={pending}>
      {quality && <QualityLine quality={quality} warnings={warnings} />}
      {measurements && <MeasurementGrid measurements={measurements} ranges={ranges} />}
      <div className="modes">
        <ReadFirst />
        {!covered && <PointSwitch reading={reading} />}
      </div>
      {!covered && (
        <>
          <Findings reading={reading} pending={pending} />
          <WhatIf key={item.id} item={item} />
          <PrevalencePanel key={`${item.id} prevalence`} item={item} />
          {recording && <DevicePanel recording={recording} measurements={measurements} />}
        </>
      )}
      <WarningList warnings={quality ? warnings.filter((warning) => !isAgainst(warning)) : warnings} />
      <RunLine item={item} />
    </aside>
  );
}
