import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { CONTENT_SECURITY_POLICY } from '../release/headers';
import { buildId } from '../release/sealed';
import { requestLog, sinceOpened } from '../requests';
import { DialogButton } from './DialogButton';

/** How many requests were made since the file was opened, and how to check that without believing this page. */
export function ProofButton() {
  const { openedAt } = useStore(requestLog);
  const count = useStore(requestLog, (log) => sinceOpened(log).length);
  const label = openedAt === null ? 'Nothing leaves' : count === 1 ? '1 request' : `${count} requests`;
  return (
    <span className="proof" data-testid="requests" data-count={count}>
      <DialogButton label={label} title="Nothing leaves this computer: prove it">
        {() => <Proof />}
      </DialogButton>
    </span>
  );
}

function Proof() {
  const log = useStore(requestLog);
  const [build, setBuild] = useState<string | null>(null);
  useEffect(() => {
    buildId().then(setBuild, () => setBuild(null));
  }, []);
  const made = sinceOpened(log);
  return (
    <div className="card" data-testid="proof">
      <p>
        <b>
          {log.openedAt === null
            ? 'No file is open yet.'
            : made.length === 0
              ? 'Since the file was opened, this page has made no request.'
              : 'Since the file was opened, this page has requested:'}
        </b>
      </p>
      {made.length > 0 && (
        <ul>
          {made.map(({ url, at }) => (
            <li key={`${at} ${url}`} className="fine">
              {url}
            </li>
          ))}
        </ul>
      )}
      <p>
        This page counts its own requests and those of its workers. Parts of the page that were not loaded yet when the
        file was opened are among them; they come from this address, {window.location.origin}, and no other.
      </p>
      <h3>Do not believe the page: check</h3>
      <ul>
        <li>Cut the network, by cable or aeroplane mode, and open an ECG: everything works as before.</li>
        <li>
          Open the browser's developer tools (F12), choose Network, and open an ECG: the list stays empty. Addresses
          that begin with blob: lie in this page's memory.
        </li>
        <li>
          In Chrome and Edge, record everything that the browser does, name look-ups too, with chrome://net-export while
          an ECG is open.
        </li>
        <li>
          At the firewall, forbid this computer every address but {window.location.host}: the page asks for no other.
        </li>
      </ul>
      <p>
        The browser itself may ask its maker's servers things on any page: updates, your account, the kinds of form
        fields. No page can see or stop that; its policies (in Chrome, AutofillAddressEnabled among them) can.
      </p>
      <h3>What the browser enforces</h3>
      <p>The page's policy forbids every other address, text that becomes script, and forms:</p>
      <p className="fine">{CONTENT_SECURITY_POLICY}</p>
      <h3>Which build this is</h3>
      <p className="fine" data-testid="build-id">
        {build
          ? `SHA-256 of build-manifest.json: ${build}. The manifest lists every file with its own; weights, WASM and workers are compared with it before they are used.`
          : 'This page was not built for release, or its manifest could not be loaded.'}
      </p>
    </div>
  );
}
