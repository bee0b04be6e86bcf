import type { Ecg, EcgLead, Lead, LeadQuality, Quality, QualityIssue } from '../ecg';
import { type InWords, say } from '../words/say';
import { showsHeartbeats } from './heartbeat';
import { leadIssues } from './lead-issues';

/** With any of these a lead is of no use; gaps alone are not among them. */
const DISQUALIFYING: readonly QualityIssue[] = ['missing', 'flat', 'clipped', 'noise', 'wander', 'loose'];
/** Below this share of usable leads the ECG as a whole is not acceptable. */
const LEAST_SCORE = 0.5;
/** Beats must show in this share of the leads that carry a signal: in fibrillation one lead of twelve may look like beats by chance. */
const BEATING_SHARE = 0.25;
/** Nothing is said about the heartbeat of shorter stretches, seconds. */
const SHORTEST_S = 2;

type Limb = 'rightArm' | 'leftArm' | 'leftLeg';

/** The two of the leads I, II, III that share a limb's electrode. */
const LIMB_ELECTRODES: readonly { readonly name: Limb; readonly leads: readonly Lead[]; readonly without: Lead }[] = [
  { name: 'rightArm', leads: ['I', 'II'], without: 'III' },
  { name: 'leftArm', leads: ['I', 'III'], without: 'II' },
  { name: 'leftLeg', leads: ['II', 'III'], without: 'I' },
];

interface Judged extends EcgLead {
  readonly issues: readonly QualityIssue[];
  readonly usable: boolean;
}

/**
 * A first quality gate on the recorded signal: what is wrong with each lead, whether the ECG as a whole can be read, and whether there is
 * a heartbeat at all. Its limits stand, with the data they were set on, in `lead-issues.ts` and `heartbeat.ts`.
 */
export function assessQuality(ecg: Ecg): Quality {
  const judged = ecg.leads
    .filter(({ lead, unit }) => lead !== null || unit === 'mV')
    .map((lead): Judged => {
      const issues = leadIssues(lead);
      return { ...lead, issues, usable: !issues.some((issue) => DISQUALIFYING.includes(issue)) };
    });
  const recorded = judged.filter(({ derived }) => !derived);
  const score = recorded.length > 0 ? recorded.filter(({ usable }) => usable).length / recorded.length : 0;
  const chaotic = ecg.durationS >= SHORTEST_S && hasNoHeartbeat(recorded);
  const reason = whyNot(judged, recorded, score, chaotic);
  return {
    acceptable: reason === null,
    score,
    leads: judged.flatMap(({ lead, issues }): LeadQuality[] => (lead ? [{ name: lead, issues }] : [])),
    reason: reason?.text ?? null,
    reasonSaying: reason?.saying ?? null,
    chaotic,
  };
}

/** The standard leads in which something moves. */
export function leadsWithSignal({ leads }: Quality): readonly Lead[] {
  return leads.filter(({ issues }) => !issues.includes('missing') && !issues.includes('flat')).map(({ name }) => name);
}

/** Flat or chaotic in all leads that were connected; a lead that is missing says nothing. */
function hasNoHeartbeat(recorded: readonly Judged[]): boolean {
  const connected = recorded.filter(({ issues }) => !issues.includes('missing'));
  const moving = connected.filter(({ issues }) => !issues.includes('flat'));
  let needed = Math.max(1, Math.ceil(BEATING_SHARE * moving.length));
  for (const { samples, samplingRateHz, unit } of moving) {
    if (showsHeartbeats(samples, samplingRateHz, unit === 'mV')) needed--;
    if (needed === 0) return false;
  }
  return connected.length > 0;
}

function whyNot(
  judged: readonly Judged[],
  recorded: readonly Judged[],
  score: number,
  chaotic: boolean,
): InWords | null {
  if (recorded.every(({ issues }) => issues.includes('missing'))) return say('noLead', {});
  if (chaotic) return say('noHeartbeat', {});
  if (score >= LEAST_SCORE) return null;
  const bad = judged.filter(({ usable }) => !usable);
  const limb = looseElectrode(bad);
  const leads = bad.map(({ name }) => name);
  return limb ? say('looseElectrode', { leads, limb }) : say('tooFewLeads', { leads });
}

/** The limb electrode that explains which limb leads are disturbed: both leads that use it, and not the one that does not. */
function looseElectrode(bad: readonly Judged[]): Limb | null {
  const isBad = (name: Lead) => bad.some(({ lead }) => lead === name);
  return LIMB_ELECTRODES.find(({ leads, without }) => leads.every(isBad) && !isBad(without))?.name ?? null;
}
