import { type ReactNode, useId, useState } from 'react';
import type { Origin, Sex } from '../ecg';
import type { Words } from '../words';
import { CompareButton } from './CompareButton';
import { usePage, useWords } from './hooks';
import { type Item, shownReading } from './state';

/** Who this is and when it was taken: what the file says, and a box to fill where it says nothing. */
export function PatientStrip({ item }: { readonly item: Item }) {
  const words = useWords();
  const say = words.patient;
  const edit = usePage((page) => page.edit);
  const enterStartTime = usePage((page) => page.enterStartTime);
  const { filePatient, reading } = item;
  const { patient, recording } = shownReading(item);
  const fileStartTime = reading.recording?.startTime ?? null;

  const enterBirthDate = (birthDate: string | null) => {
    const age = birthDate === null ? null : ageAt(birthDate, recording?.startTime ?? null);
    const fillsAge = age !== null && patient.ageOrigin === 'none';
    void edit({ birthDate, ...(fillsAge && { ageYears: age }) });
  };
  return (
    <section className="patient" aria-label={say.label}>
      <TextField
        name="name"
        label={say.name}
        fromFile={filePatient.name}
        entered={patient.name}
        onEnter={(name) => edit({ name })}
      />
      <TextField
        name="id"
        label={say.id}
        fromFile={filePatient.id}
        entered={patient.id}
        onEnter={(id) => edit({ id })}
      />
      <TextField
        name="birthDate"
        label={say.birthDate}
        type="date"
        fromFile={filePatient.birthDate && words.date(filePatient.birthDate)}
        entered={patient.birthDate}
        onEnter={enterBirthDate}
      />
      <AgeField
        words={words}
        ageYears={patient.ageYears}
        origin={patient.ageOrigin}
        onEnter={(ageYears) => edit({ ageYears })}
      />
      <Field name="sex" label={say.sex} hint={say.origins[patient.sexOrigin]}>
        {(id) => (
          <select
            id={id}
            data-testid="sex"
            value={patient.sex}
            onChange={({ target }) => void edit({ sex: sexOf(target.value) })}
          >
            {SEXES.map((sex) => (
              <option key={sex} value={sex}>
                {words.sexes[sex]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        name="acquired"
        label={say.acquired}
        type="datetime-local"
        fromFile={fileStartTime && words.dateTime(fileStartTime)}
        entered={item.enteredStartTime}
        onEnter={enterStartTime}
      />
      <CompareButton item={item} />
    </section>
  );
}

const SEXES = ['female', 'male', 'unknown'] as const satisfies readonly Sex[];
const sexOf = (value: string): Sex => SEXES.find((sex) => sex === value) ?? 'unknown';

/** Whole years on the day of the ECG, or null where that day is not known. */
function ageAt(birthDate: string, startTime: string | null): number | null {
  if (startTime === null) return null;
  const years = Number(startTime.slice(0, 4)) - Number(birthDate.slice(0, 4));
  const age = startTime.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
  return age >= 0 && age <= 130 ? age : null;
}

interface FieldProps {
  readonly name: keyof Words['patient'];
  readonly label: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}

function Field({ name, label, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field" data-field={name} title={hint}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface TextFieldProps extends Pick<FieldProps, 'name' | 'label'> {
  readonly type?: 'text' | 'date' | 'datetime-local';
  readonly fromFile: string | null;
  readonly entered: string | null;
  readonly onEnter: (value: string | null) => void;
}

function TextField({ name, label, type = 'text', fromFile, entered, onEnter }: TextFieldProps) {
  const [empty, setEmpty] = useState(entered === null);
  const onLeave = (text: string) => {
    const value = text.trim() || null;
    if (value !== entered) onEnter(value);
  };
  return (
    <Field name={name} label={label}>
      {(id) =>
        fromFile ? (
          <output id={id} title={fromFile}>
            {fromFile}
          </output>
        ) : (
          <input
            id={id}
            type={type}
            autoComplete="off"
            defaultValue={entered ?? ''}
            data-empty={empty}
            onChange={({ target }) => setEmpty(target.value === '')}
            onBlur={({ target }) => onLeave(target.value)}
          />
        )
      }
    </Field>
  );
}

interface AgeFieldProps {
  readonly words: Words;
  readonly ageYears: number | null;
  readonly origin: Origin;
  readonly onEnter: (ageYears: number | null) => void;
}

/** Keeps what is being typed; only an age that can be one is passed on. */
function AgeField({ words, ageYears, origin, onEnter }: AgeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const known = ageYears === null ? '' : String(Number(ageYears.toFixed(1)));
  const shown = typed ?? known;
  const invalid = shown !== '' && !(Number(shown) >= 0 && Number(shown) <= 130);
  const onChange = (text: string) => {
    setTyped(text);
    const age = Number(text);
    if (text === '') onEnter(null);
    else if (age >= 0 && age <= 130) onEnter(age);
  };
  return (
    <Field name="age" label={words.patient.age} hint={words.patient.origins[origin]}>
      {(id) => (
        <span className="age">
          <input
            id={id}
            data-testid="age"
            type="number"
            min="0"
            max="130"
            step="any"
            inputMode="decimal"
            autoComplete="off"
            value={shown}
            aria-invalid={invalid}
            onChange={({ target }) => onChange(target.value)}
            onBlur={() => setTyped(null)}
          />
          {words.years}
        </span>
      )}
    </Field>
  );
}
