import { usePage, useWords } from './hooks';

/** The one open recording as the list that scripts look for, beside the sheet's tools. */
export function SingleRow() {
  const words = useWords().batch;
  const items = usePage((page) => page.items);
  return (
    <nav className="batch-one" aria-label={words.label}>
      <ol data-testid="batch-table" data-rows={items.length}>
        {items.map(({ id, state, reading }) => (
          <li
            key={id}
            data-testid="batch-row"
            data-state={state}
            data-file={reading.source.name}
            title={reading.source.name}
          >
            {reading.source.name}
          </li>
        ))}
      </ol>
    </nav>
  );
}
