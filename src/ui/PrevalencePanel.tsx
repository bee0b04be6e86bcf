import { useState } from 'react';
import type { Prevalence } from '../ecg';
import { statementText } from '../words';
import { usePage, usePageStore, useWords } from './hooks';
import { entered, groupsOf, prevalenceIn, rowsOf } from './prevalence';
import type { Item } from './state';

/** How common each statement is among the reader's own patients: typed in, or one group of the table that the model was counted by. */
export function PrevalencePanel({ item }: { readonly item: Item }) {
  const words = useWords().prevalence;
  const prevalence = usePage(({ engine }) => engine?.card.prevalence);
  const isSet = item.reading.findings.some(({ shift }) => shift);
  if (!prevalence || item.reading.findings.every(({ probability }) => probability === null)) return null;
  return (
    <details className="what-if" data-testid="prevalence" data-set={isSet}>
      <summary>{isSet ? words.titleSet : words.title}</summary>
      <Boxes item={item} prevalence={prevalence} />
    </details>
  );
}

interface BoxesProps {
  readonly item: Item;
  readonly prevalence: Prevalence;
}

function Boxes({ item: { reading }, prevalence }: BoxesProps) {
  const words = useWords();
  const say = words.prevalence;
  const { setPrevalence } = usePageStore().getState();
  const rows = rowsOf(prevalence, reading.findings, reading.patient);
  const groups = groupsOf(prevalence);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(reading.findings.flatMap(({ code, shift }) => (shift ? [[code, inPercent(shift.own)]] : []))),
  );
  const choose = (place: string) => {
    const group = groups[Number(place)];
    const shares = group ? prevalenceIn(prevalence, rows, group) : {};
    setTexts(Object.fromEntries(Object.entries(shares).map(([code, share]) => [code, inPercent(share)])));
  };
  const reset = () => {
    setTexts({});
    void setPrevalence({});
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void setPrevalence(entered(texts));
      }}
    >
      <div className="what-if-controls">
        <label>
          {say.group}
          <select defaultValue="" data-testid="prevalence-group" onChange={({ target }) => choose(target.value)}>
            <option value="">{say.own}</option>
            {groups.map(({ sex, fromYears, toYears }, place) => (
              <option key={`${sex} ${fromYears}`} value={place}>
                {say.band(sex, fromYears, toYears)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button" data-testid="prevalence-apply">
          {say.apply}
        </button>
        <button type="button" className="button quiet" data-testid="prevalence-reset" onClick={reset}>
          {say.reset}
        </button>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.statement}</th>
            <th scope="col">{say.learned}</th>
            <th scope="col">{say.yours}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row" title={statementText(words, row)}>
                {row.code}
              </th>
              <td>{words.number(100 * row.learned, 1)} %</td>
              <td>
                <input
                  type="number"
                  min="0"
                  max="100"
                  step="any"
                  size={6}
                  value={texts[row.code] ?? ''}
                  aria-label={say.share(statementText(words, row))}
                  data-testid={`prevalence-${row.code}`}
                  onChange={({ target }) => setTexts({ ...texts, [row.code]: target.value })}
                />{' '}
                %
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="measurement-note">{say.note(prevalence.countedOn)}</p>
    </form>
  );
}

const inPercent = (share: number) => String(Number((100 * share).toPrecision(3)));
