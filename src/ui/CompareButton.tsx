import { type ChangeEvent, useRef } from 'react';
import type { Words } from '../words';
import { DialogButton } from './DialogButton';
import { inOrder } from './dropped';
import { useHistory, usePage, usePageStore, useWords } from './hooks';
import type { Item } from './state';

/** While it is open, files that are dropped are those of the other ECG. */
export const CHOOSE_OTHER_ID = 'choose-other';

/** Chooses another ECG of the patient; once one stands beside, shows the two. */
export function CompareButton({ item }: { readonly item: Item }) {
  const { showComparison } = usePageStore().getState();
  const words = useWords().compare;
  if (item.state !== 'done') return null;
  if (item.other) {
    return (
      <button type="button" className="button compare" data-testid="comparison" onClick={() => showComparison(true)}>
        {words.title}
      </button>
    );
  }
  return (
    <span className="compare" data-testid="compare-with">
      <DialogButton label={words.choose} title={words.chooseTitle} id={CHOOSE_OTHER_ID}>
        {(close) => <ChooseOther item={item} onChosen={close} />}
      </DialogButton>
    </span>
  );
}

interface ChooseOtherProps {
  readonly item: Item;
  readonly onChosen: () => void;
}

function ChooseOther({ item, onChosen }: ChooseOtherProps) {
  const { compareWith } = usePageStore().getState();
  const words = useWords().compare;
  const input = useRef<HTMLInputElement>(null);
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = inOrder([...(target.files ?? [])]);
    target.value = '';
    onChosen();
    void compareWith(files);
  };
  return (
    <div className="card">
      <p>{words.chooseText}</p>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={words.otherFiles}
        data-testid="other-input"
        onChange={onChange}
      />
      <button type="button" className="button primary" onClick={() => input.current?.click()}>
        {words.chooseFiles}
      </button>
      <OpenRows item={item} onChosen={onChosen} />
      <KeptRows onChosen={onChosen} />
    </div>
  );
}

/** So many rows are offered; more are found by their files. */
const OFFERED = 20;

/** The other recordings that are open. */
function OpenRows({ item, onChosen }: ChooseOtherProps) {
  const { compareWith } = usePageStore().getState();
  const items = usePage((page) => page.items);
  const words = useWords();
  const others = items.filter(({ id, state }) => id !== item.id && state !== 'error').slice(0, OFFERED);
  if (others.length === 0) return null;
  const compare = ({ files, edit, marks, enteredStartTime, reading }: Item) => {
    onChosen();
    const { name } = reading.source;
    void compareWith(files, { name, patient: edit, marks: marks.now, startTime: enteredStartTime });
  };
  return (
    <>
      <h3>{words.compare.openHere}</h3>
      <ul className="history-list">
        {others.map((one) => (
          <li key={one.id}>
            <b>{one.reading.patient.name ?? one.reading.source.name}</b>
            <span className="source">
              {whenText(words, one.enteredStartTime ?? one.reading.recording?.startTime)} · {one.reading.source.name}
            </span>
            <button type="button" className="button" data-testid="compare-open" onClick={() => compare(one)}>
              {words.compare.compare}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the history has; nothing where it is off or locked. */
function KeptRows({ onChosen }: Pick<ChooseOtherProps, 'onChosen'>) {
  const words = useWords();
  const rows = useHistory((history) => history.rows);
  const compare = useHistory((history) => history.compare);
  const failure = useHistory((history) => history.failure);
  const kept = rows.flatMap(({ key, head }) => (head ? [{ key, head }] : []));
  if (kept.length === 0) return null;
  return (
    <>
      <h3>{words.compare.inHistory}</h3>
      {failure && <p role="alert">{failure.message}</p>}
      <ul className="history-list">
        {kept.map(({ key, head }) => (
          <li key={key}>
            <b>{[head.patientName, head.patientId].filter(Boolean).join(' · ') || words.history.noName}</b>
            <span className="source">
              {whenText(words, head.startTime)} · {head.file}
            </span>
            <button
              type="button"
              className="button"
              data-testid="compare-kept"
              onClick={() => {
                onChosen();
                void compare(key);
              }}
            >
              {words.compare.compare}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const whenText = (words: Words, startTime: string | null | undefined) =>
  startTime ? words.dateTime(startTime) : words.history.timeUnknown;
