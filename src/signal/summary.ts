import type { Channel, Ecg, Lead, LeadSummary, Recording, RecordingSummary, Warning } from '../ecg';
import { message } from '../words/say';
import { derivableLeads } from './limb-leads';
import { inHouseOrder } from './order';

/**
 * What a recording is, without its samples: leads in the order of {@link stretch}, the derived ones marked.
 *
 * @param ecg a stretch in memory: where it covers the whole recording, its missing samples are counted
 */
export function summarise(recording: Recording, ecg: Ecg | null): RecordingSummary {
  const { durationS, startTime, device, deviceMeasurements, deviceStatements } = recording;
  const leads = ecg && ecg.durationS >= durationS ? ecg.leads.map(countedLead) : listedLeads(recording);
  return {
    samplingRateHz: Math.max(...recording.channels.map(({ samplingRateHz }) => samplingRateHz)),
    durationS,
    startTime,
    device,
    leads,
    filters: recording.filters ?? null,
    deviceMeasurements,
    deviceStatements,
  };
}

function countedLead({ name, samples, samplingRateHz, derived, unit }: Ecg['leads'][number]): LeadSummary {
  const missing = samples.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  return { name, samples: samples.length, samplingRateHz, missing, derived, unit };
}

/** In the order of {@link stretch}, without reading a sample. */
function listedLeads({ channels }: Recording): readonly LeadSummary[] {
  const listed = (channel: Channel, derived: Lead | null) => ({
    lead: derived ?? channel.lead,
    summary: {
      name: derived ?? channel.name,
      samples: channel.sampleCount,
      samplingRateHz: channel.samplingRateHz,
      missing: null,
      derived: derived !== null,
      unit: channel.unit,
    },
  });
  const one = channels.find(({ lead }) => lead === 'I');
  return inHouseOrder([
    ...channels.map((channel) => listed(channel, null)),
    ...(one ? derivableLeads(channels).map((lead) => listed(one, lead)) : []),
  ]).map(({ summary }) => summary);
}

/** What a stretch has that the recording's file does not say: derived leads, gaps, and an end before the recording's. */
export function stretchWarnings({ leads, durationS }: Ecg, recording: Recording): readonly Warning[] {
  const minutes = Math.round(durationS / 60);
  const rates = recording.channels.map(({ samplingRateHz }) => samplingRateHz);
  const highestHz = Math.max(...rates);
  const derived = leads.filter((lead) => lead.derived).map(({ name }) => name);
  const gaps = leads.filter((lead) => !lead.derived && lead.samples.some(Number.isNaN)).map(({ name }) => name);
  return [
    ...(derived.length > 0 ? [{ code: 'LEADS_DERIVED', ...message('leadsDerived', { leads: derived }) } as const] : []),
    ...(gaps.length > 0 ? [{ code: 'SAMPLES_MISSING', ...message('samplesMissing', { leads: gaps }) } as const] : []),
    ...(rates.some((rate) => rate !== highestHz)
      ? [{ code: 'LEADS_RESAMPLED', ...message('leadsResampled', { hz: highestHz }) } as const]
      : []),
    ...(durationS < recording.durationS
      ? [{ code: 'MEASURED_IN_PART', ...message('measuredInPart', { minutes }) } as const]
      : []),
  ];
}
