import { DemosButton } from './DemosButton';
import { ExportButtons } from './ExportButtons';
import { HistoryButton } from './HistoryButton';
import { usePage, useWords } from './hooks';
import { KeysButton } from './KeysButton';
import { LanguageSwitch } from './LanguageSwitch';
import { ModelCardButton } from './ModelCardButton';
import { OfflineNote } from './OfflineNote';
import { ProofButton } from './ProofButton';
import { Status } from './Status';
import { StopButton } from './StopButton';
import { chooseFiles } from './shortcuts';
import { currentItem } from './state';

/** Who we are, what is happening, and everything that opens or takes out. */
export function TopBar() {
  const item = usePage(currentItem);
  const words = useWords();
  return (
    <header className="top-bar">
      <div className="brand">
        <img src="./icon.svg" alt="" width="24" height="24" />
        <span>
          Efficient<b>ECG</b>
        </span>
      </div>
      <Status />
      <StopButton />
      <OfflineNote />
      <ProofButton />
      <p className="notice">{words.notice}</p>
      <div className="top-actions">
        <button type="button" className="button primary" onClick={chooseFiles} title={words.top.openTitle}>
          {words.top.open}
        </button>
        {item && <DemosButton />}
        {item && <ExportButtons item={item} />}
        <HistoryButton />
        <ModelCardButton />
        <KeysButton />
        <LanguageSwitch />
      </div>
    </header>
  );
}
