import { useEffect, useState } from 'react';
import type { Sex } from '../ecg';
import { statementText } from '../words';
import { usePageStore, useWords } from './hooks';
import type { Item } from './state';
import { EVERYONE, OLDEST_YEARS, type Person, type Shift, shifts, YOUNGEST_YEARS } from './what-if';

type Row = Readonly<Record<string, number>>;

/** Shown first: most statements hardly move. */
const MOST_ROWS = 6;
const SEXES = ['female', 'male', 'unknown'] as const satisfies readonly Sex[];

/** What the network would say of the same ECG at another age or of the other sex. The patient stays who the patient is. */
export function WhatIf({ item }: { readonly item: Item }) {
  const words = useWords().whatIf;
  const [open, setOpen] = useState(false);
  if (item.reading.findings.every(({ probability }) => probability === null)) return null;
  return (
    <details className="what-if" data-testid="what-if" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.title}</summary>
      {open && <Controls item={item} />}
    </details>
  );
}

function Controls({ item: { id, reading } }: { readonly item: Item }) {
  const words = useWords();
  const say = words.whatIf;
  const { whatIf, fail } = usePageStore().getState();
  const { patient, findings } = reading;
  const [person, setPerson] = useState<Person>({ ageYears: patient.ageYears ?? 60, sex: patient.sex });
  const [then, setThen] = useState<Row>({});
  const [everyone, setEveryone] = useState<readonly Row[]>([]);
  /** Another network is asked anew. */
  const network = reading.model?.weightsSha256;

  // biome-ignore lint/correctness/useExhaustiveDependencies(network): what answers is asked by another name.
  useEffect(() => {
    let stale = false;
    whatIf(id, [person]).then(
      ([row]) => !stale && row && setThen(row),
      (error) => !stale && fail(error),
    );
    return () => {
      stale = true;
    };
  }, [id, network, person, whatIf, fail]);
  // biome-ignore lint/correctness/useExhaustiveDependencies(network): what answers is asked by another name.
  useEffect(() => {
    let stale = false;
    whatIf(id, EVERYONE).then(
      (rows) => !stale && setEveryone(rows),
      (error) => !stale && fail(error),
    );
    return () => {
      stale = true;
    };
  }, [id, network, whatIf, fail]);

  const moved = shifts(findings, then, everyone);
  const deciding = moved.filter(({ decides }) => decides);
  return (
    <>
      <div className="what-if-controls">
        <label>
          {say.age(person.ageYears ?? 60)}
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
          {words.patient.sex}
          <select
            value={person.sex}
            data-testid="what-if-sex"
            onChange={({ target }) =>
              setPerson({ ...person, sex: SEXES.find((sex) => sex === target.value) ?? 'unknown' })
            }
          >
            {SEXES.map((sex) => (
              <option key={sex} value={sex}>
                {words.sexes[sex]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{say.statement}</th>
            <th scope="col">{say.patient}</th>
            <th scope="col">{say.whatIf}</th>
            <th scope="col">{say.everyone}</th>
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
          {deciding.length === 0 ? say.nothing : say.deciding(deciding.map((one) => statementText(words, one)))}
        </p>
      )}
    </>
  );
}

function ShiftRow({ shift: { code, label, now, other, lowest, highest, decides } }: { readonly shift: Shift }) {
  const words = useWords();
  const { percent } = words;
  const points = Math.round(100 * other) - Math.round(100 * now);
  const moved = points === 0 ? '' : ` (${points > 0 ? '+' : '−'}${Math.abs(points)})`;
  return (
    <tr data-testid="what-if-row" data-code={code} data-other={other} data-decides={decides}>
      <th scope="row" title={statementText(words, { code, label })}>
        {code}
      </th>
      <td>{percent(now)}</td>
      <td>
        {percent(other)}
        {moved}
      </td>
      <td>{words.whatIf.range(lowest, highest)}</td>
    </tr>
  );
}
