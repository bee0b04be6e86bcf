import { type Finding, type Label, LEADS, type Lead, type ModelCard, type Quality, type Worded } from '../ecg';
import { say } from '../words/say';
import { tooDoubtful } from './doubt';

/** What decides, beside the probabilities, whether a statement may be made about an ECG. */
export interface Circumstances {
  readonly ageYears: number | null;
  readonly quality: Quality;
  /** Leads that carry a signal, recorded or exact by identity. */
  readonly leads: readonly Lead[];
  readonly durationS: number;
  /** The highest rate among the leads, Hz; leads that are too slow for the network are not among `leads`. */
  readonly samplingRateHz: number;
  /** Electrodes that seem exchanged, a phrase, or null: no statement about the site of an infarction then. */
  readonly exchange: Worded | null;
  /** Why the network itself refused this ECG, or null. */
  readonly refusal: Worded | null;
}

/**
 * The network's statements in the model's order, before they are weighed against what was measured.
 *
 * @param probabilities calibrated, one per label; null where the network did not run
 */
export function statements(
  card: ModelCard,
  probabilities: ArrayLike<number> | null,
  circumstances: Circumstances,
): readonly Finding[] {
  const general = whyNothing(card, circumstances);
  const reasons = card.labels.map((label) => general ?? whyNot(label, circumstances));
  const doubt = probabilities && reasons.every((reason) => reason === null) ? tooDoubtful(card, probabilities) : null;
  return card.labels.map((label, i) => {
    const { code, system, snomed, group, threshold, operatingPoint } = label;
    const reason = doubt ?? reasons[i] ?? null;
    const probability = reason === null ? (probabilities?.[i] ?? null) : null;
    const why = probability === null ? (reason ?? say('notRun', {})) : null;
    return {
      code,
      system,
      snomed,
      label: label.label,
      group,
      probability,
      threshold,
      operatingPoint,
      status: probability === null ? 'notAssessed' : probability >= threshold ? 'present' : 'absent',
      reason: why?.text ?? null,
      reasonSaying: why?.saying ?? null,
      evidence: [],
      conflicts: [],
    };
  });
}

/** Why the network says nothing at all about this ECG, or null. Known before it runs, so that it need not. */
export function whyNothing(
  { input }: Pick<ModelCard, 'input'>,
  { ageYears, quality, leads, durationS, samplingRateHz, refusal }: Omit<Circumstances, 'exchange'>,
): Worded | null {
  const shortest = Math.min(...input.lengths);
  const young = tooYoung({ input }, ageYears);
  if (young) return young;
  if (leads.length === 0) return say('noStandardLead', {});
  if (!quality.acceptable) {
    return say('notInterpretable', { reason: quality.reasonSaying ?? quality.reason ?? say('poorQuality', {}).saying });
  }
  if (samplingRateHz < input.minSamplingRateHz) return say('slowSampling', { hz: input.minSamplingRateHz });
  if (durationS < shortest - 1 / input.samplingRateHz) return say('tooShort', { s: shortest });
  return refusal;
}

/** Why nothing is said of a patient of this age, or null. */
export function tooYoung({ input }: Pick<ModelCard, 'input'>, ageYears: number | null): Worded | null {
  const { minYears } = input.age;
  return ageYears !== null && ageYears < minYears ? say('adultsOnly', { years: minYears }) : null;
}

function whyNot({ code, requiredLeads, group }: Label, { leads, exchange }: Circumstances): Worded | null {
  if (exchange !== null && (group === 'infarction' || code === 'MI')) return exchange;
  const missing = requiredLeads.filter((lead) => !leads.includes(lead));
  return missing.length === 0 ? null : say('leadsMissing', { leads: leadRanges(missing), n: missing.length });
}

/** `V1, V3–V6`: leads as a person lists them; three or more neighbours become a range. */
export function leadRanges(leads: readonly Lead[]): string {
  const positions = leads.map((lead) => LEADS.indexOf(lead)).sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run?.at(-1) === position - 1) run.push(position);
    else runs.push([position]);
  }
  return runs
    .flatMap((run) => {
      const names = run.map((position) => LEADS[position]);
      return names.length < 3 ? names : [`${names[0]}–${names.at(-1)}`];
    })
    .join(', ');
}
