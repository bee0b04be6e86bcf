import { useMemo, useState } from 'react';
import { BatchBar } from './BatchBar';
import { BatchRow } from './BatchRow';
import { COLUMNS, type Column, type RowFilter, rowsOf, textsOf } from './batch-rows';
import { useCalmItems, usePage, useWords } from './hooks';
import { useVisible } from './virtual';

const FILTERS = ['all', 'findings', 'error', 'waiting'] as const satisfies readonly RowFilter[];

/** All recordings of a drop as a table; what could not be read is a red row that says why. */
export function BatchTable() {
  const words = useWords();
  const say = words.batch;
  const items = useCalmItems();
  const currentId = usePage((page) => page.currentId);
  const show = usePage((page) => page.show);
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<RowFilter>('all');
  const [sort, setSort] = useState<{ readonly column: Column['id']; readonly down: boolean } | null>(null);
  const rows = useMemo(() => rowsOf(words, items, text, filter, sort), [words, items, text, filter, sort]);
  const { scroller, onScroll, first, last, before, after } = useVisible(rows.length);

  const turn = (column: Column['id']) =>
    setSort((old) => (old?.column === column ? (old.down ? null : { column, down: true }) : { column, down: false }));
  return (
    <nav className="batch" aria-label={say.label}>
      <BatchBar items={items}>
        <input
          type="search"
          data-testid="batch-filter"
          placeholder={say.filter}
          aria-label={say.filter}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <select
          data-testid="batch-show"
          aria-label={say.rows}
          value={filter}
          onChange={({ target }) => setFilter(FILTERS.find((id) => id === target.value) ?? 'all')}
        >
          {FILTERS.map((id) => (
            <option key={id} value={id}>
              {say.filters[id]}
            </option>
          ))}
        </select>
      </BatchBar>
      <div className="batch-scroll" ref={scroller} onScroll={onScroll}>
        <div className="batch-head">
          {COLUMNS.map(({ id }) => (
            <button
              key={id}
              type="button"
              data-column={id}
              data-sorted={sort?.column === id ? (sort.down ? 'down' : 'up') : undefined}
              title={say.sortBy[id]}
              onClick={() => turn(id)}
            >
              {say.columns[id]}
            </button>
          ))}
        </div>
        <ol data-testid="batch-table" data-rows={rows.length}>
          {before > 0 && <li aria-hidden="true" style={{ height: before }} />}
          {rows.slice(first, last).map((item) => (
            <BatchRow
              key={item.id}
              id={item.id}
              state={item.state}
              file={item.reading.source.name}
              texts={textsOf(words, item)}
              current={item.id === currentId}
              show={show}
            />
          ))}
          {after > 0 && <li aria-hidden="true" style={{ height: after }} />}
        </ol>
      </div>
    </nav>
  );
}
