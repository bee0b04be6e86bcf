import { type ReactNode, type ToggleEvent, useId, useRef } from 'react';

interface MenuButtonProps {
  readonly label: string;
  readonly title: string;
  /** Something in it is not as it usually is. */
  readonly active: boolean;
  readonly testId: string;
  readonly children: ReactNode;
}

/** Between a menu and its button, and at least between it and the window's edge, CSS pixels. */
const GAP = 4;

/** A button with a small panel below it, in the browser's top layer: nothing covers it, Escape and a click beside it close it. */
export function MenuButton({ label, title, active, testId, children }: MenuButtonProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLFieldSetElement>(null);
  const place = ({ newState }: ToggleEvent) => {
    if (newState !== 'open' || !button.current || !panel.current) return;
    const { left, bottom, top } = button.current.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = panel.current;
    const fitsBelow = bottom + GAP + offsetHeight <= window.innerHeight;
    style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - offsetWidth - GAP))}px`;
    style.top = `${fitsBelow ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button"
        title={title}
        popoverTarget={id}
        data-active={active}
        data-testid={testId}
      >
        {label} ▾
      </button>
      <fieldset ref={panel} id={id} popover="auto" className="menu" aria-label={title} onToggle={place}>
        {children}
      </fieldset>
    </>
  );
}
