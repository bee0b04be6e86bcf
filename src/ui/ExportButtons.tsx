import { exportCsv, exportFhir, exportJson, exportPdf, exportPng } from './exports';
import { usePage } from './hooks';
import type { Item } from './state';

/** The open ECG as a file or on paper. */
export function ExportButtons({ item }: { readonly item: Item }) {
  const readWindow = usePage((page) => page.readWindow);
  const fail = usePage((page) => page.fail);
  const shown = usePage((page) => page.shown);
  const paper = usePage((page) => page.paper);
  const drawn = shown !== null && item.reading.recording !== null;
  const onPaper = (write: typeof exportPdf) => () => {
    if (shown) void write({ item, shown, paper }).catch(fail);
  };
  const exports = [
    { id: 'export-pdf', label: 'PDF', title: 'One page at true scale', disabled: !drawn, run: onPaper(exportPdf) },
    { id: 'export-png', label: 'PNG', title: 'The same page as a picture', disabled: !drawn, run: onPaper(exportPng) },
    {
      id: 'export-fhir',
      label: 'FHIR',
      title: 'FHIR R4 bundle with the signal',
      disabled: !drawn,
      run: () => void exportFhir(item, readWindow).catch(fail),
    },
    { id: 'export-json', label: 'JSON', title: 'Analysis as JSON (E)', disabled: false, run: () => exportJson(item) },
    {
      id: 'export-csv',
      label: 'CSV',
      title: 'Recorded signal as CSV',
      disabled: false,
      run: () => void exportCsv(item, readWindow).catch(fail),
    },
    { id: 'print', label: 'Print', title: 'Print (P)', disabled: false, run: () => window.print() },
  ];
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">Save or print</legend>
      {exports.map(({ id, label, title, disabled, run }) => (
        <button key={id} type="button" data-testid={id} title={title} disabled={disabled} onClick={run}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}
