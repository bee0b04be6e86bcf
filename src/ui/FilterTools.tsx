import type { Filters } from '../ecg';
import { filterText, HIGH_PASSES, isFiltering, LOW_PASSES, NOTCHES } from './display-filter';
import { usePage, usePageStore, useWords } from './hooks';
import { MenuButton } from './MenuButton';

/** What the trace is shown through; what is measured, found and exported never is. */
export function FilterTools({ samplingRateHz }: { readonly samplingRateHz: number }) {
  const { exact, filter: words } = useWords();
  const { setFilter } = usePageStore().getState();
  const filter = usePage((page) => page.filter);
  const choices = [
    ['highPassHz', words.highPass, HIGH_PASSES],
    ['lowPassHz', words.lowPass, LOW_PASSES],
    ['notchHz', words.notch, NOTCHES],
  ] as const satisfies readonly (readonly [keyof Filters, string, readonly number[]])[];
  return (
    <MenuButton
      label={filterText(words, filter) ?? words.asRecorded}
      title={words.title}
      active={isFiltering(filter)}
      testId="filter-menu"
    >
      {choices.map(([name, label, values]) => (
        <p key={name}>
          <span>{label}</span>
          <select
            aria-label={label}
            data-testid={`filter-${name}`}
            value={filter[name] ?? ''}
            onChange={({ target }) =>
              setFilter({ ...filter, [name]: target.value === '' ? null : Number(target.value) })
            }
          >
            <option value="">{words.none}</option>
            {values.map((hz) => (
              <option key={hz} value={hz} disabled={hz >= samplingRateHz / 2}>
                {exact(hz)} Hz
              </option>
            ))}
          </select>
        </p>
      ))}
      <p className="menu-note">{words.note}</p>
    </MenuButton>
  );
}
