import type { Filters } from '../ecg';
import { filterText, HIGH_PASSES, isFiltering, LOW_PASSES, NOTCHES } from './display-filter';
import { usePage, usePageStore } from './hooks';
import { MenuButton } from './MenuButton';

/** What the trace is shown through; what is measured, found and exported never is. */
export function FilterTools({ samplingRateHz }: { readonly samplingRateHz: number }) {
  const { setFilter } = usePageStore().getState();
  const filter = usePage((page) => page.filter);
  const choices = [
    ['highPassHz', 'High-pass', HIGH_PASSES],
    ['lowPassHz', 'Low-pass', LOW_PASSES],
    ['notchHz', 'Notch', NOTCHES],
  ] as const satisfies readonly (readonly [keyof Filters, string, readonly number[]])[];
  return (
    <MenuButton
      label={filterText(filter) ?? 'As recorded'}
      title="Display filter (D): measurements, findings and exports never follow it"
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
            <option value="">none</option>
            {values.map((hz) => (
              <option key={hz} value={hz} disabled={hz >= samplingRateHz / 2}>
                {hz} Hz
              </option>
            ))}
          </select>
        </p>
      ))}
      <p className="menu-note">For the display alone: nothing is measured, found or exported through it.</p>
    </MenuButton>
  );
}
