import type { Filters } from '../../ecg';
import { filtersOf } from '../facts';
import { attribute, find, numberAt, numberOf, textAt, type XmlElement } from '../xml';

/**
 * The band of the stored signal: `signalbandwidth` (`0.05-150`) in schema 1.03, `hipass` and `lowpass` in 1.04. The report's own settings count
 * where the waveforms are flagged as filtered with them; else they shape the printout alone.
 */
export function filtersIn(root: XmlElement): Filters | null {
  const signal = find(root, 'dataacquisition', 'signalcharacteristics');
  const report = find(root, 'reportinfo', 'reportbandwidth');
  const filtered = /^true$/i.test(attribute(find(root, 'waveforms', 'parsedwaveforms'), 'filterflag'));
  const [, low = '', high = ''] = /^\s*([\d.]+)\s*-\s*([\d.]+)/.exec(textAt(signal, 'signalbandwidth')) ?? [];
  const notched = /^true$/i.test(textAt(signal, 'notchfiltered'));
  const setting = (name: string) => (filtered ? numberAt(report, name) : null);
  const highPass = [numberOf(low), numberAt(signal, 'hipass'), setting('highpassfiltersetting')];
  const lowPass = [numberOf(high), numberAt(signal, 'lowpass'), setting('lowpassfiltersetting')];
  const known = (values: readonly (number | null)[]) =>
    values.flatMap((value) => (value !== null && value > 0 ? [value] : []));
  return filtersOf({
    highPassHz: Math.max(0, ...known(highPass)),
    lowPassHz: Math.min(...known(lowPass)),
    notchHz: notched
      ? numberOf(/[\d.]+/.exec(textAt(signal, 'notchfilterfreqs'))?.[0] ?? '')
      : setting('notchfiltersetting'),
  });
}
