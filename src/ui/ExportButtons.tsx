import type { MouseEvent } from 'react';
import { DeidentifyToggle } from './DeidentifyToggle';
import { exportBatchCsv, exportBatchJsonl, exportCsv, exportFhir, exportJson, exportPdf, exportPng } from './exports';
import { usePage, usePageStore, useWords } from './hooks';
import { MenuButton } from './MenuButton';
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
  const alone = usePage(({ items }) => items.length === 1);
  const store = usePageStore();
  const drawn = shown !== null && item.reading.recording !== null;
  const onPaper = (write: typeof exportPdf) => () => {
    if (shown) void write({ words, item, shown, paper, identity }).catch(fail);
  };
  const exports = [
    { id: 'print', label: say.print, about: say.printTitle, disabled: false, run: () => window.print() },
    { id: 'export-pdf', label: 'PDF', about: say.pdf, disabled: !drawn, run: onPaper(exportPdf) },
    { id: 'export-png', label: 'PNG', about: say.png, disabled: !drawn, run: onPaper(exportPng) },
    {
      id: 'export-fhir',
      label: 'FHIR',
      about: say.fhir,
      disabled: !drawn,
      run: () => void exportFhir(words, item, readWindow, identity).catch(fail),
    },
    { id: 'export-json', label: 'JSON', about: say.json, disabled: false, run: () => exportJson(item, identity) },
    {
      id: 'export-csv',
      label: 'CSV',
      about: say.csv,
      disabled: false,
      run: () => void exportCsv(item, readWindow, identity).catch(fail),
    },
    // Where several are listed, these stand above their table.
    ...(alone
      ? [
          {
            id: 'export-batch-csv',
            label: words.batch.table,
            about: words.batch.tableTitle,
            disabled: false,
            run: () => exportBatchCsv(store.getState().items, identity),
          },
          {
            id: 'export-batch-jsonl',
            label: 'JSONL',
            about: words.batch.jsonlTitle,
            disabled: false,
            run: () => void exportBatchJsonl(store.getState().items, identity).catch(fail),
          },
        ]
      : []),
  ];
  const closeMenu = ({ target }: MouseEvent) => {
    const menu = target instanceof Element && target.closest('[popover]');
    if (menu instanceof HTMLElement && menu.matches(':popover-open')) menu.hidePopover();
  };
  return (
    <MenuButton label={say.menu} title={say.legend} active={identity === 'removed'} testId="save-menu">
      <DeidentifyToggle />
      {exports.map(({ id, label, about, disabled, run }) => (
        <button
          key={id}
          type="button"
          className="menu-item"
          data-testid={id}
          disabled={disabled}
          onClick={(event) => {
            closeMenu(event);
            run();
          }}
        >
          <b>{label}</b>
          <span>{about}</span>
        </button>
      ))}
    </MenuButton>
  );
}
