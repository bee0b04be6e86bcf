import type { DeviceBeat } from '../ecg';
import { decodedUnit, nameChannels } from './channels';
import type { DecodedSignal } from './in-memory';

/** Longer than this is no beat, seconds. */
const LONGEST_S = 4;

/** The standard leads of a device's own beat in mV; nothing where it has no voltages. */
export function deviceBeatOf(signals: readonly DecodedSignal[]): { readonly deviceBeat?: readonly DeviceBeat[] } {
  const { names } = nameChannels(signals.map(({ spelling }) => spelling));
  const deviceBeat = signals.flatMap(({ unit, samplingRateHz, values }, index): DeviceBeat[] => {
    const lead = names[index]?.lead;
    const { unit: known, factor } = decodedUnit(unit);
    const durationS = values.length / samplingRateHz;
    if (!lead || known !== 'mV' || !(durationS > 0 && durationS <= LONGEST_S)) return [];
    return [{ lead, samplingRateHz, samples: Float32Array.from(values, (value) => value * factor) }];
  });
  return deviceBeat.length > 0 ? { deviceBeat } : {};
}
