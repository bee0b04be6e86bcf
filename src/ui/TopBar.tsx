import { DemosButton } from './DemosButton';
import { ExportButtons } from './ExportButtons';
import { HistoryButton } from './HistoryButton';
import { usePage } from './hooks';
import { KeysButton } from './KeysButton';
import { ModelCardButton } from './ModelCardButton';
import { OfflineNote } from './OfflineNote';
import { OwnModelNote } from './OwnModelNote';
import { ProofButton } from './ProofButton';
import { Status } from './Status';
import { chooseFiles } from './shortcuts';
import { currentItem } from './state';

/** Who we are, what is happening, and everything that opens or takes out. */
export function TopBar() {
  const item = usePage(currentItem);
  return (
    <header className="top-bar">
      <div className="brand">
        <img src="./icon.svg" alt="" width="24" height="24" />
        <span>
          Efficient<b>ECG</b>
        </span>
      </div>
      <Status />
      <OfflineNote />
      <ProofButton />
      <OwnModelNote />
      <p className="notice">Research software, not a medical device.</p>
      <div className="top-actions">
        <button type="button" className="button primary" onClick={chooseFiles} title="Open ECG files (O)">
          Open…
        </button>
        {item && <DemosButton />}
        {item && <ExportButtons item={item} />}
        <HistoryButton />
        <ModelCardButton />
        <KeysButton />
      </div>
    </header>
  );
}
