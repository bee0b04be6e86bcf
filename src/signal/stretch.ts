import type { Ecg, EcgLead, Recording } from '../ecg';
import { derivableLeads, deriveLead } from './limb-leads';
import { inHouseOrder } from './order';

/**
 * A stretch of a recording in memory, as recorded: the standard leads in the house's order (those that follow by identity
 * included and marked), then every other channel in the file's order.
 *
 * @param startS seconds from the recording's start; @param durationS seconds, cut at the recording's end
 * @throws EcgError when the file's bytes cannot be decoded
 */
export async function stretch(recording: Recording, startS: number, durationS: number): Promise<Ecg> {
  const leads: EcgLead[] = await Promise.all(
    recording.channels.map(async ({ name, lead, unit, samplingRateHz }, channel) => {
      const start = Math.round(startS * samplingRateHz);
      const count = Math.round((startS + durationS) * samplingRateHz) - start;
      return {
        name,
        lead,
        unit,
        samplingRateHz,
        derived: false,
        samples: await recording.samples(channel, start, count),
      };
    }),
  );
  const one = leads.find(({ lead }) => lead === 'I');
  const two = leads.find(({ lead }) => lead === 'II');
  if (one && two) {
    for (const lead of derivableLeads(recording.channels)) {
      leads.push({ ...one, name: lead, lead, derived: true, samples: deriveLead(lead, one.samples, two.samples) });
    }
  }
  return {
    startS,
    durationS: Math.max(0, Math.min(durationS, recording.durationS - startS)),
    leads: inHouseOrder(leads),
  };
}

/**
 * What {@link stretch} would give, taken from a longer stretch that is in memory; the samples are shared, not copied. Null where it reaches
 * beyond that one.
 */
export function partOf(ecg: Ecg, startS: number, durationS: number): Ecg | null {
  const end = startS + durationS;
  if (startS < ecg.startS || end > ecg.startS + ecg.durationS) return null;
  if (startS === ecg.startS && end === ecg.startS + ecg.durationS) return ecg;
  const leads = ecg.leads.map((lead) => {
    const offset = Math.round(ecg.startS * lead.samplingRateHz);
    const sample = (moment: number) => Math.round(moment * lead.samplingRateHz) - offset;
    return { ...lead, samples: lead.samples.subarray(sample(startS), sample(end)) };
  });
  return { startS, durationS, leads };
}
