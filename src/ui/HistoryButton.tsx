import { useState } from 'react';
import { DialogButton } from './DialogButton';
import { HistoryList } from './HistoryList';
import { useHistory } from './hooks';
import { WipeButton } from './WipeButton';

/** What was read before, kept in this browser where the reader wants it. */
export function HistoryButton() {
  const state = useHistory((history) => history.state);
  return (
    <DialogButton label="History" title="History">
      {(close) => (
        <div className="history" data-testid="history" data-state={state}>
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
  return failure && <p role="alert">{failure.message}</p>;
}

function SwitchOn() {
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
      <p>
        Nothing is kept: closing the page forgets every ECG. Switched on, each ECG that you open is kept in this
        browser, on this computer, with your entries, marks and report, until you delete it.
      </p>
      <label>
        Passphrase (may stay empty: then whoever uses this computer can read the history)
        <input
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={({ target }) => setPassphrase(target.value)}
        />
      </label>
      {passphrase !== '' && (
        <label>
          The same once more: nobody can restore it
          <input
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={({ target }) => setAgain(target.value)}
          />
        </label>
      )}
      <button type="submit" className="button primary" disabled={differ} data-testid="history-on">
        Keep a history on this computer
      </button>
    </form>
  );
}

function Unlock() {
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
          Passphrase
          <input
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
          />
        </label>
        <button type="submit" className="button primary" data-testid="history-unlock">
          Unlock
        </button>
      </form>
      <WipeButton />
    </>
  );
}
