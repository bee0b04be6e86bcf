import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { CONTENT_SECURITY_POLICY } from '../release/headers';
import { buildId } from '../release/sealed';
import { requestLog, sinceOpened } from '../requests';
import { DialogButton } from './DialogButton';
import { useWords } from './hooks';

/** How many requests were made since the file was opened, and how to check that without believing this page. */
export function ProofButton() {
  const words = useWords().proof;
  const { openedAt } = useStore(requestLog);
  const count = useStore(requestLog, (log) => sinceOpened(log).length);
  const label = openedAt === null ? words.nothing : words.requests(count);
  return (
    <span className="proof" data-testid="requests" data-count={count}>
      <DialogButton label={label} title={words.title}>
        {() => <Proof />}
      </DialogButton>
    </span>
  );
}

function Proof() {
  const words = useWords().proof;
  const log = useStore(requestLog);
  const [build, setBuild] = useState<string | null>(null);
  useEffect(() => {
    buildId().then(setBuild, () => setBuild(null));
  }, []);
  const made = sinceOpened(log);
  return (
    <div className="card" data-testid="proof">
      <p>
        <b>{log.openedAt === null ? words.noFile : made.length === 0 ? words.none : words.some}</b>
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
      <p>{words.counts(window.location.origin)}</p>
      <h3>{words.check}</h3>
      <ul>
        <li>{words.cut}</li>
        <li>{words.tools}</li>
        <li>{words.netlog}</li>
        <li>{words.firewall(window.location.host)}</li>
      </ul>
      <p>{words.browser}</p>
      <h3>{words.enforces}</h3>
      <p>{words.policy}</p>
      <p className="fine">{CONTENT_SECURITY_POLICY}</p>
      <h3>{words.build}</h3>
      <p className="fine" data-testid="build-id">
        {build ? words.manifest(build) : words.noManifest}
      </p>
    </div>
  );
}
