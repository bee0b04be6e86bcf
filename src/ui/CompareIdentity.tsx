import type { Comparison, Identifier, Patient, Reading } from '../ecg';
import { isIdentified } from '../report';
import type { Words } from '../words';
import type { Other } from './compare-actions';
import { usePageStore, useWords } from './hooks';

interface CompareIdentityProps {
  readonly here: Reading;
  readonly other: Other;
  readonly comparison: Comparison;
}

/** Whether both are one patient's. What differs has to be settled by the reader before anything is compared. */
export function CompareIdentity({ here, other, comparison: { identity, with: own } }: CompareIdentityProps) {
  const { confirmSamePatient, endComparison } = usePageStore().getState();
  const words = useWords();
  const say = words.compare;
  const { same, differing } = identity;
  const namesOf = (fields: readonly Identifier[]) => fields.map((field) => words.patient[field]);
  return (
    <div className="comparison-identity" data-testid="comparison-identity" data-differing={differing.join(' ')}>
      {own.isSameFile && <p className="quality-warning">{say.sameFile}</p>}
      {differing.length > 0 && !other.confirmed && (
        <div className="comparison-question" role="alert">
          <b>{say.doubt}</b>
          <Differences here={here.patient} there={other.reading.patient} differing={differing} />
          <div className="button-row">
            <button type="button" className="button" data-testid="same-patient" onClick={confirmSamePatient}>
              {say.samePatient}
            </button>
            <button type="button" className="button primary" onClick={endComparison}>
              {say.doNot}
            </button>
          </div>
        </div>
      )}
      {differing.length > 0 && other.confirmed && (
        <p className="quality-warning">{say.confirmed(namesOf(differing))}</p>
      )}
      {differing.length === 0 && isIdentified(identity) && <p>{say.same(namesOf(same))}</p>}
      {differing.length === 0 && !isIdentified(identity) && (
        <p className="quality-warning" data-testid="identity-unknown">
          {say.unknown}
        </p>
      )}
    </div>
  );
}

interface DifferencesProps {
  readonly here: Patient;
  readonly there: Patient;
  readonly differing: readonly Identifier[];
}

function Differences({ here, there, differing }: DifferencesProps) {
  const words = useWords();
  return (
    <table>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.compare.here}</th>
          <th scope="col">{words.compare.other}</th>
        </tr>
      </thead>
      <tbody>
        {differing.map((field) => (
          <tr key={field}>
            <th scope="row">{words.patient[field]}</th>
            <td>{textOf(words, here, field)}</td>
            <td>{textOf(words, there, field)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function textOf(words: Words, patient: Patient, field: Identifier): string {
  if (field === 'sex') return words.sexes[patient.sex];
  const value = patient[field] ?? '';
  return field === 'birthDate' ? words.date(value) : value;
}
