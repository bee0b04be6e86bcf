import { type Alert, LEADS, type Lead, type Measurements, type Saying } from '../ecg';
import { message, say } from '../words/say';
import { levelsOf } from './contiguous';
import { WIDE_QRS_MS } from './interval-alerts';
import { ADULT_YEARS, type AgeAndSex } from './st-elevation';

const LIMIT_MV = 0.1;
/** The least QRS of a true left bundle branch block (Strauss et al. 2011: 130 ms in women, 140 ms in men), ms. */
const BLOCK_QRS_MS = 130;
/** A QRS points up or down where one deflection is so many times the other. */
const CLEARLY = 2;
/** ST elevation against the depth of S before it. */
const LEAST_RATIO = 0.25;
const RIGHT_CHEST: readonly Lead[] = ['V1', 'V2', 'V3'];

/**
 * ST in left bundle branch block or a paced rhythm: 0.1 mV of elevation in a lead whose QRS points up, 0.1 mV of depression in V1, V2 or V3
 * where it points down (Sgarbossa et al. 1996), or elevation of 0.1 mV and a quarter of the S before it and more (Smith et al. 2012, in
 * place of Sgarbossa's 0.5 mV). One lead is enough. Taken for such a block: QRS of 130 ms and more, down in V1 and up in V6 or I. Of a paced
 * rhythm only a wide QRS is asked, since its shape follows the place of the electrode (Dodd et al. 2021 on the same criteria in pacing).
 */
export function sgarbossa(
  { st, qrsMs, amplitudes }: Measurements,
  { ageYears }: AgeAndSex,
  isPaced: boolean,
  note: Saying | null,
): Alert | null {
  const leastMs = isPaced ? WIDE_QRS_MS : BLOCK_QRS_MS;
  if (!st || !amplitudes || qrsMs === null || qrsMs < leastMs || (ageYears !== null && ageYears < ADULT_YEARS))
    return null;
  const up = (lead: Lead) => (amplitudes[lead]?.rMv ?? 0) > CLEARLY * (amplitudes[lead]?.sMv ?? 0);
  const down = (lead: Lead) => (amplitudes[lead]?.sMv ?? 0) > CLEARLY * (amplitudes[lead]?.rMv ?? 0);
  if (!isPaced && (!down('V1') || !(up('V6') || up('I')))) return null;
  const level = (lead: Lead) => Math.round(100 * (st[lead] ?? 0)) / 100;
  const criteria: readonly (readonly [Criterion, readonly Lead[]])[] = [
    ['sgarbossaElevation', LEADS.filter((lead) => up(lead) && level(lead) >= LIMIT_MV)],
    ['sgarbossaDepression', RIGHT_CHEST.filter((lead) => down(lead) && level(lead) <= -LIMIT_MV)],
    [
      'sgarbossaQuarter',
      LEADS.filter((lead) => {
        const depth = amplitudes[lead]?.sMv ?? 0;
        return down(lead) && level(lead) >= LIMIT_MV && (st[lead] ?? 0) >= LEAST_RATIO * depth;
      }),
    ],
  ];
  const met = criteria.filter(([, leads]) => leads.length > 0);
  if (met.length === 0) return null;
  const told = met.map(([which, leads]) => say(which, { levels: levelsOf(leads, st) }).saying);
  return {
    code: 'SGARBOSSA',
    ...message('sgarbossa', { criteria: told, qrsMs: Math.round(qrsMs), paced: isPaced, note }),
  };
}

type Criterion = 'sgarbossaElevation' | 'sgarbossaDepression' | 'sgarbossaQuarter';
