import type { Ecg, EcgLead } from '../../ecg';
import { concept, type Json, LEAD_CODES, MDC, UCUM } from './codes';

/** Steps in a microvolt: fine enough for every converter that is in use. */
const STEP_UV = 0.1;
/** Steps over the range of a signal that is no voltage. */
const STEPS = 65_535;

/** The recorded signal as one Observation with a SampledData for each lead; `E` where a sample is missing. */
export function waveform(ecg: Ecg, common: Json): Json {
  return {
    resourceType: 'Observation',
    ...common,
    category: [concept('http://terminology.hl7.org/CodeSystem/observation-category', 'procedure', 'Procedure')],
    code: concept(MDC, '131328', 'MDC_ECG_ELEC_POTL'),
    component: ecg.leads.map((lead) => ({ code: codeOf(lead), valueSampledData: sampled(lead) })),
  };
}

const codeOf = ({ lead, name }: EcgLead): Json =>
  lead ? concept(MDC, String(LEAD_CODES[lead]), `MDC_ECG_ELEC_POTL_${lead.toUpperCase()}`) : { text: name };

function sampled({ samples, unit, samplingRateHz }: EcgLead): Json {
  const volts = unit === 'mV';
  const { zero, step } = volts ? { zero: 0, step: STEP_UV / 1000 } : steps(samples);
  const data = Array.from(samples, (value) => (Number.isNaN(value) ? 'E' : Math.round((value - zero) / step)));
  return {
    origin: volts ? { value: 0, unit: 'uV', system: UCUM, code: 'uV' } : { value: zero, unit },
    period: 1000 / samplingRateHz,
    factor: volts ? STEP_UV : step,
    dimensions: 1,
    data: data.join(' '),
  };
}

function steps(samples: Float32Array): { readonly zero: number; readonly step: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of samples) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? { zero: low, step: (high - low) / STEPS } : { zero: Number.isFinite(low) ? low : 0, step: 1 };
}
