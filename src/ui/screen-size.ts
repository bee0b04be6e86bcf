/** Where the browser keeps how large this screen's pixels are: the one thing that the page stores, and only when a reader measures it. */
const KEY = 'efficientecg.screen-px-per-mm';

/** What a screen can have, device pixels in a millimetre: 25 to 1,270 dots per inch. */
const LEAST = 1;
const MOST = 50;

/** Device pixels in a millimetre of this screen as the reader measured it, or null. */
export function storedScreenSize(): number | null {
  try {
    const stored = Number(localStorage.getItem(KEY));
    return stored >= LEAST && stored <= MOST ? stored : null;
  } catch {
    return null;
  }
}

/** Keeps it for the next visit, null forgets it; where the browser refuses to store, it holds for this visit. */
export function storeScreenSize(pxPerMm: number | null): void {
  try {
    if (pxPerMm === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, pxPerMm.toFixed(3));
  } catch {
    // A browser that stores nothing asks again on the next visit.
  }
}
