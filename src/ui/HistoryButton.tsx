import { useState } from 'react';
import { errorText } from '../words';
import { DialogButton } from './DialogButton';
import { HistoryList } from './HistoryList';
import { useHistory, useWords } from './hooks';
import { WipeButton } from './WipeButton';

/** What was read before, kept in this browser where the reader wants it. */
export function HistoryButton() {
  const words = useWords().history;
  const state = useHistory((history) => history.state);
  const kept = useHistory((history) => history.kept);
  return (
    <DialogButton label={words.title} title={words.title}>
      {(close) => (
        <div className="history" data-testid="history" data-state={state} data-kept={kept}>
          <Failure />
          {state === 'off' && <SwitchOn />}
          {state === 'locked' && <Unlock />}
          {state === 'open' && <HistoryList onOpened={close} />}
        </div>
      )}
    </DialogButton>
  );
}

function Failure() {
  const failure = useHistory((history) => history.failure);
  const words = useWords();
  return failure && <p role="alert">{errorText(words, failure)}</p>;
}

function SwitchOn() {
  const words = useWords().history;
  const switchOn = useHistory((history) => history.switchOn);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const differ = passphrase !== again;
  return (
    <form
      className="history-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!differ) void switchOn(passphrase || null);
      }}
    >
      <p>{words.off}</p>
      <label>
        {words.newPassphrase}
        <input
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={({ target }) => setPassphrase(target.value)}
        />
      </label>
      {passphrase !== '' && (
        <label>
          {words.again}
          <input
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={({ target }) => setAgain(target.value)}
          />
        </label>
      )}
      <button type="submit" className="button primary" disabled={differ} data-testid="history-on">
        {words.on}
      </button>
    </form>
  );
}

function Unlock() {
  const words = useWords().history;
  const unlock = useHistory((history) => history.unlock);
  const [passphrase, setPassphrase] = useState('');
  return (
    <>
      <form
        className="history-form"
        onSubmit={(event) => {
          event.preventDefault();
          void unlock(passphrase);
        }}
      >
        <label>
          {words.passphrase}
          <input
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
          />
        </label>
        <button type="submit" className="button primary" data-testid="history-unlock">
          {words.unlock}
        </button>
      </form>
      <WipeButton />
    </>
  );
}
