import { useSyncExternalStore } from 'react';

/** From here on the reading stands beside the paper: the same width as in styles/sheet.css. */
const WIDE = '(min-width: 1360px)';

/** Whether the reading stands beside the paper. Below, it follows the paper in the document too, so that the focus goes as the eye does. */
export function useIsWide(): boolean {
  return useSyncExternalStore(onChange, () => matchMedia(WIDE).matches);
}

function onChange(changed: () => void): () => void {
  const wide = matchMedia(WIDE);
  wide.addEventListener('change', changed);
  return () => wide.removeEventListener('change', changed);
}
