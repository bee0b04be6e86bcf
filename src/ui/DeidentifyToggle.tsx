import { usePage, useWords } from './hooks';

/** Stands beside the exports: whether they tell whose the ECG is. */
export function DeidentifyToggle() {
  const words = useWords().exports;
  const on = usePage((page) => page.deidentify);
  const toggle = usePage((page) => page.toggleDeidentify);
  return (
    <label className="toggle" title={words.deidentifyTitle}>
      <input type="checkbox" data-testid="deidentify" checked={on} onChange={toggle} />
      {words.deidentify}
    </label>
  );
}
