import { DeidentifyToggle } from './DeidentifyToggle';
import { exportCsv, exportFhir, exportJson, exportPdf, exportPng } from './exports';
import { usePage, useWords } from './hooks';
import type { Item } from './state';

/** The open ECG as a file or on paper. */
export function ExportButtons({ item }: { readonly item: Item }) {
  const words = useWords();
  const say = words.exports;
  const readWindow = usePage((page) => page.readWindow);
  const fail = usePage((page) => page.fail);
  const shown = usePage((page) => page.shown);
  const paper = usePage((page) => page.paper);
  const identity = usePage(({ deidentify }) => (deidentify ? 'removed' : 'kept'));
  const drawn = shown !== null && item.reading.recording !== null;
  const onPaper = (write: typeof exportPdf) => () => {
    if (shown) void write({ words, item, shown, paper, identity }).catch(fail);
  };
  const exports = [
    { id: 'export-pdf', label: 'PDF', title: say.pdf, disabled: !drawn, run: onPaper(exportPdf) },
    { id: 'export-png', label: 'PNG', title: say.png, disabled: !drawn, run: onPaper(exportPng) },
    {
      id: 'export-fhir',
      label: 'FHIR',
      title: say.fhir,
      disabled: !drawn,
      run: () => void exportFhir(item, readWindow, identity).catch(fail),
    },
    { id: 'export-json', label: 'JSON', title: say.json, disabled: false, run: () => exportJson(item, identity) },
    {
      id: 'export-csv',
      label: 'CSV',
      title: say.csv,
      disabled: false,
      run: () => void exportCsv(item, readWindow, identity).catch(fail),
    },
    { id: 'print', label: say.print, title: say.printTitle, disabled: false, run: () => window.print() },
  ];
  return (
    <>
      <DeidentifyToggle />
      <fieldset className="segmented">
        <legend className="visually-hidden">{say.legend}</legend>
        {exports.map(({ id, label, title, disabled, run }) => (
          <button key={id} type="button" data-testid={id} title={title} disabled={disabled} onClick={run}>
            {label}
          </button>
        ))}
      </fieldset>
    </>
  );
}
