import { useEffect, useState } from 'react';
import type { Sex } from '../ecg';
import { percent, sexText } from './format';
import { usePageStore } from './hooks';
import type { Item } from './state';
import { EVERYONE, OLDEST_YEARS, type Person, type Shift, shifts, YOUNGEST_YEARS } from './what-if';

type Row = Readonly<Record<string, number>>;

/** Shown first: most statements hardly move. */
const MOST_ROWS = 6;
const SEXES = ['female', 'male', 'unknown'] as const satisfies readonly Sex[];

/** What the network would say of the same ECG at another age or of the other sex. The patient stays who the patient is. */
export function WhatIf({ item }: { readonly item: Item }) {
  const [open, setOpen] = useState(false);
  if (item.reading.findings.every(({ probability }) => probability === null)) return null;
  return (
    <details className="what-if" data-testid="what-if" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>What if: another age or sex</summary>
      {open && <Controls item={item} />}
    </details>
  );
}

function Controls({ item: { id, reading } }: { readonly item: Item }) {
  const { whatIf, fail } = usePageStore().getState();
  const { patient, findings } = reading;
  const [person, setPerson] = useState<Person>({ ageYears: patient.ageYears ?? 60, sex: patient.sex });
  const [then, setThen] = useState<Row>({});
  const [everyone, setEveryone] = useState<readonly Row[]>([]);

  useEffect(() => {
    let stale = false;
    whatIf(id, [person]).then(([row]) => !stale && row && setThen(row), fail);
    return () => {
      stale = true;
    };
  }, [id, person, whatIf, fail]);
  useEffect(() => {
    let stale = false;
    whatIf(id, EVERYONE).then((rows) => !stale && setEveryone(rows), fail);
    return () => {
      stale = true;
    };
  }, [id, whatIf, fail]);

  const moved = shifts(findings, then, everyone);
  const deciding = moved.filter(({ decides }) => decides);
  return (
    <>
      <div className="what-if-controls">
        <label>
          Age {person.ageYears} years
          <input
            type="range"
            min={YOUNGEST_YEARS}
            max={OLDEST_YEARS}
            value={person.ageYears ?? 60}
            data-testid="what-if-age"
            onChange={({ target }) => setPerson({ ...person, ageYears: Number(target.value) })}
          />
        </label>
        <label>
          Sex
          <select
            value={person.sex}
            data-testid="what-if-sex"
            onChange={({ target }) =>
              setPerson({ ...person, sex: SEXES.find((sex) => sex === target.value) ?? 'unknown' })
            }
          >
            {SEXES.map((sex) => (
              <option key={sex} value={sex}>
                {sexText(sex)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Statement</th>
            <th scope="col">Patient</th>
            <th scope="col">What if</th>
            <th scope="col">All ages, both sexes</th>
          </tr>
        </thead>
        <tbody>
          {moved.slice(0, MOST_ROWS).map((shift) => (
            <ShiftRow key={shift.code} shift={shift} />
          ))}
        </tbody>
      </table>
      {everyone.length > 0 && (
        <p className="measurement-note" data-testid="what-if-note">
          {deciding.length === 0
            ? 'No statement of this ECG changes with age or sex.'
            : `Age or sex decide whether these are stated: ${deciding.map(({ label }) => label).join(', ')}.`}{' '}
          The patient, the findings and the report stay as they are.
        </p>
      )}
    </>
  );
}

function ShiftRow({ shift: { code, label, now, other, lowest, highest, decides } }: { readonly shift: Shift }) {
  const points = Math.round(100 * other) - Math.round(100 * now);
  const moved = points === 0 ? '' : ` (${points > 0 ? '+' : '−'}${Math.abs(points)})`;
  return (
    <tr data-testid="what-if-row" data-code={code} data-other={other} data-decides={decides}>
      <th scope="row" title={label}>
        {code}
      </th>
      <td>{percent(now)}</td>
      <td>
        {percent(other)}
        {moved}
      </td>
      <td>
        {percent(lowest)} to {percent(highest)}
      </td>
    </tr>
  );
}
