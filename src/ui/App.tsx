import { Alerts } from './Alerts';
import { BatchTable } from './BatchTable';
import { BeatsPanel } from './BeatsPanel';
import type { Begun } from './begin';
import { ComparePage } from './ComparePage';
import { DropTarget } from './DropTarget';
import { Failure } from './Failure';
import { FindingsPanel } from './FindingsPanel';
import { usePage } from './hooks';
import { OwnModelNote } from './OwnModelNote';
import { PatientStrip } from './PatientStrip';
import { PrintPage } from './PrintPage';
import { ReportPanel } from './ReportPanel';
import { useRestored } from './restored';
import { SheetPanel } from './SheetPanel';
import { useShortcuts } from './shortcuts';
import { currentItem } from './state';
import { TopBar } from './TopBar';
import { useUrl } from './url';
import { Welcome } from './Welcome';
import { useIsWide } from './wide';

export function App({ begun }: { readonly begun: Begun }) {
  useUrl(begun);
  useShortcuts();
  const restored = useRestored();
  const item = usePage(currentItem);
  const look = usePage(({ paper }) => paper.look);
  const comparing = usePage((page) => page.comparing);
  const isWide = useIsWide();
  const listed = usePage(({ items, currentId }) => items.length > 1 || (items.length > 0 && currentId === null));
  return (
    <>
      <DropTarget />
      <div className="page" data-look={look}>
        <TopBar />
        <OwnModelNote />
        <Failure />
        {listed && <BatchTable />}
        {item?.other && comparing ? (
          <ComparePage key={item.other.id} item={item} other={item.other} />
        ) : item ? (
          <main className="reading">
            <h1 className="visually-hidden">{item.reading.source.name}</h1>
            <Alerts alerts={item.reading.alerts} />
            <div className="reading-ecg">
              <PatientStrip key={item.id} item={item} />
              <SheetPanel item={item} />
              {!isWide && <FindingsPanel item={item} />}
              <BeatsPanel item={item} />
              <ReportPanel key={`report ${item.id}`} item={item} />
            </div>
            {isWide && <FindingsPanel item={item} />}
          </main>
        ) : (
          <Welcome restored={restored} />
        )}
      </div>
      <PrintPage />
    </>
  );
}
