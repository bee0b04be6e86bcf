import { type ChangeEvent, useCallback, useEffect, useState } from 'react';
import { CHOOSE_OTHER_ID } from './CompareButton';
import { droppedFiles, inOrder } from './dropped';
import { useOffline, usePage, useWords } from './hooks';
import { FILE_INPUT_ID, FOLDER_INPUT_ID } from './shortcuts';

/** React knows no attribute for it. */
function takesFolders(input: HTMLInputElement | null): void {
  if (input) input.webkitdirectory = true;
}

/** The whole page takes files, dropped or chosen. */
export function DropTarget() {
  const words = useWords().welcome;
  const openNow = usePage((page) => page.open);
  const compareWith = usePage((page) => page.compareWith);
  const offline = useOffline();
  const fail = usePage((page) => page.fail);
  const [over, setOver] = useState(false);

  /** Nothing may still be on its way when a file of the reader's is opened. */
  const open = useCallback(
    (files: readonly File[] | Promise<readonly File[]>) => openNow(offline.quiet().then(() => files)),
    [offline, openNow],
  );

  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const choosing = document.getElementById(CHOOSE_OTHER_ID);
      const isOther = choosing instanceof HTMLDialogElement && choosing.open;
      if (isOther) choosing.close();
      if (!event.dataTransfer) return;
      const files = droppedFiles(event.dataTransfer);
      if (isOther) void files.then(compareWith, fail);
      else void open(files);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [open, compareWith, fail]);

  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    void open(inOrder([...(target.files ?? [])]));
    target.value = '';
  };
  return (
    <>
      <input
        id={FILE_INPUT_ID}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={words.files}
        data-testid="file-input"
        onChange={onChange}
      />
      <input
        id={FOLDER_INPUT_ID}
        className="visually-hidden"
        type="file"
        ref={takesFolders}
        tabIndex={-1}
        aria-label={words.folder}
        data-testid="folder-input"
        onChange={onChange}
      />
      {over && <div className="drop-veil">{words.drop}</div>}
    </>
  );
}
