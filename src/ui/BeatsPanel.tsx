import { usePage } from './hooks';
import { MedianBeats } from './MedianBeats';
import type { Item } from './state';

/** Below the sheet, once there is a usual beat and the signal to compare it with. It does not follow the sheet while that is panned. */
export function BeatsPanel({ item }: { readonly item: Item }) {
  const isDrawn = usePage(({ ecg }) => ecg !== null);
  const { medianBeats, deviceBeat, beats, waves } = item.reading;
  return isDrawn && medianBeats.length > 0 ? (
    <MedianBeats medianBeats={medianBeats} deviceBeat={deviceBeat} beats={beats} waves={waves} />
  ) : null;
}
