import type { Filters } from '../../ecg';
import { filtersOf } from '../facts';
import { all, attribute, deep, find, numberOf, type XmlElement } from '../xml';

/** The filters among a series' control variables, `MDC_ECG_CTL_VBL_ATTR_FILTER_…`: a filter with its cutoff or notch frequency in Hz inside. */
export function filtersIn(series: XmlElement): Filters | null {
  const variables = all(series, 'controlVariable').flatMap((one) => [one, ...deep(one, 'controlVariable')]);
  const frequency = (filter: string, ending: string) => {
    const named = variables.filter((one) => codeOf(one) === `MDC_ECG_CTL_VBL_ATTR_FILTER_${filter}`);
    const inner = named.flatMap((one) => [one, ...deep(one, 'controlVariable')]);
    const value = find(
      inner.find((one) => codeOf(one).endsWith(ending) && find(one, 'value')),
      'value',
    );
    return attribute(value, 'unit') === 'Hz' ? numberOf(attribute(value, 'value')) : null;
  };
  return filtersOf({
    highPassHz: frequency('HIGH_PASS', '_CUTOFF_FREQ'),
    lowPassHz: frequency('LOW_PASS', '_CUTOFF_FREQ'),
    notchHz: frequency('NOTCH', '_NOTCH_FREQ'),
  });
}

function codeOf(variable: XmlElement): string {
  return attribute(find(variable, 'code'), 'code');
}
