import { usePage } from './hooks';
import { MedianBeats } from './MedianBeats';
import type { Item } from './state';

/** Below the sheet, once there is a usual beat and the signal to compare it with. */
export function BeatsPanel({ item }: { readonly item: Item }) {
  const ecg = usePage((page) => page.ecg);
  const { medianBeats, beats, waves } = item.reading;
  return ecg && medianBeats.length > 0 ? (
    <MedianBeats medianBeats={medianBeats} beats={beats} waves={waves} ecg={ecg} />
  ) : null;
}
