import { useSyncExternalStore } from 'react';
import type { Sheet } from '../paper';
import { usePage } from './hooks';

/** How large a millimetre of paper is on the screen. */
export interface PaperSize {
  /** Device pixels in a millimetre of this screen, as measured with a card; null until then. */
  readonly screenPxPerMm: number | null;
  /** Whether the paper has its true size: only where the screen was measured. */
  readonly trueSize: boolean;
  /** A magnifying glass over it. */
  readonly zoom: number;
}

/** CSS pixels in a millimetre of paper where the screen was not measured: constant, whatever the window's size. */
export const PX_PER_MM = 4;

export const LEAST_ZOOM = 0.5;
export const MOST_ZOOM = 4;

/** What every browser can hold on one canvas, device pixels; iOS has the least. */
const CANVAS_PX = 16_000_000;
const CANVAS_SIDE = 16_000;

export const cssPxPerMm = ({ screenPxPerMm, trueSize }: PaperSize, devicePixelRatio: number) =>
  trueSize && screenPxPerMm !== null ? screenPxPerMm / devicePixelRatio : PX_PER_MM;

/** CSS pixels in a millimetre of this sheet, zoomed as far as a canvas can hold it. */
export function sheetPxPerMm({ widthMm, heightMm }: Sheet, wanted: number, devicePixelRatio: number): number {
  const most = Math.min(CANVAS_SIDE / Math.max(widthMm, heightMm), Math.sqrt(CANVAS_PX / (widthMm * heightMm)));
  return Math.min(wanted, most / devicePixelRatio);
}

/** Follows the browser's own zoom, which changes how many device pixels a CSS pixel has. */
export function useDevicePixelRatio(): number {
  return useSyncExternalStore(onResize, () => window.devicePixelRatio);
}

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

/** CSS pixels in a millimetre of paper, before any zoom. */
export function usePxPerMm(): number {
  const ratio = useDevicePixelRatio();
  return usePage(({ paperSize }) => cssPxPerMm(paperSize, ratio));
}
