import { exportCsv, exportJson } from './exports';
import { usePage } from './hooks';
import type { Item } from './state';

/** The open ECG as a file or on paper. */
export function ExportButtons({ item }: { readonly item: Item }) {
  const readWindow = usePage((page) => page.readWindow);
  const fail = usePage((page) => page.fail);
  return (
    <div className="button-row">
      <button
        type="button"
        className="button"
        data-testid="export-json"
        title="Analysis as JSON (E)"
        onClick={() => exportJson(item)}
      >
        JSON
      </button>
      <button
        type="button"
        className="button"
        data-testid="export-csv"
        title="Recorded signal as CSV"
        onClick={() => void exportCsv(item, readWindow).catch(fail)}
      >
        CSV
      </button>
      <button
        type="button"
        className="button"
        data-testid="print"
        title="Print on A4 (P)"
        onClick={() => window.print()}
      >
        Print
      </button>
    </div>
  );
}
