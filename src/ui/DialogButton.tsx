import { type ReactNode, useRef } from 'react';
import { useWords } from './hooks';

interface DialogButtonProps {
  readonly label: string;
  readonly title: string;
  /** For what else opens it. */
  readonly id?: string;
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a native dialog; a click beside it closes it. */
export function DialogButton({ label, title, id, children }: DialogButtonProps) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();
  return (
    <>
      <button
        type="button"
        className="button"
        title={title}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog by itself */}
      <dialog
        ref={dialog}
        id={id}
        className="dialog"
        aria-label={title}
        onClick={({ target, currentTarget }) => target === currentTarget && close()}
      >
        <div className="dialog-body">
          <div className="dialog-head">
            <h2>{title}</h2>
            <button type="button" className="button quiet" onClick={close} aria-label={words.close}>
              ✕
            </button>
          </div>
          {children(close)}
        </div>
      </dialog>
    </>
  );
}
