import { base64Bytes, int16 } from '../base64';
import type { DecodedSignal } from '../in-memory';
import { all, attribute, deep, digits, find, numberOf, type XmlElement } from '../xml';

/** Steps of the representative beats in schema 1.03, which does not say them, µV: in Philips' own example they then are the rhythm's beats. */
const UNSAID_MICROVOLTS = 2.5;

/**
 * The representative beats (`repbeats`): 16-bit numbers in base64 or plain ones, in steps of `resolution` µV. In schema 1.03 they stand in
 * `repbeat` itself, in 1.04 in its `waveform`; 1.03 says no rate, which then is the rhythm's.
 */
export function beatsIn(root: XmlElement, rhythmHz: number): readonly DecodedSignal[] {
  const section = deep(root, 'repbeats')[0];
  const microvolts = numberOf(attribute(section, 'resolution')) || UNSAID_MICROVOLTS;
  const samplingRateHz = numberOf(attribute(section, 'samplespersec')) || rhythmHz;
  const isBase64 = /^base64$/i.test(attribute(section, 'dataencoding'));
  return all(section, 'repbeat').flatMap((beat): DecodedSignal[] => {
    const holder = find(beat, 'waveform') ?? beat;
    const bytes = isBase64 ? base64Bytes(holder.text) : null;
    const values = bytes ? Float64Array.from(int16(bytes)) : digits(isBase64 ? '' : holder.text);
    if (values.length === 0) return [];
    return [
      {
        spelling: attribute(beat, 'leadname'),
        unit: 'uV',
        samplingRateHz,
        values: values.map((value) => value * microvolts),
      },
    ];
  });
}
