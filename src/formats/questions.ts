import { EcgError, errorRecord, LEADS, type Lead, type Missing, type Recording } from '../ecg';
import { isUnnamed, list, nameChannels, scaleWarnings } from './channels';
import type { Claim, ReadOptions } from './reader';

/** One signal of a file that does not say everything, as the reader is shown it. */
export interface PreviewedSignal {
  readonly name: string;
  readonly lead: Lead | null;
  /** Whether only a person can tell its lead. */
  readonly unnamed: boolean;
  /** The lead that it has where the signals stand in the usual order, null where there is no usual one. */
  readonly guess: Lead | null;
  /** The first samples: mV where the unit is known, else the file's own numbers. */
  readonly values: Float32Array<ArrayBuffer>;
}

export interface Preview {
  readonly missing: readonly Missing[];
  readonly signals: readonly PreviewedSignal[];
}

/** Stands for an answer while it is looked what else is missing; shows in nothing that leaves this file. */
const ANY_RATE_HZ = 500;
const ANY_UNIT = 'mV';
const PREVIEWED = 1000;
/** By number of signals. Twelve and eight are recorded in the order of the paper; other numbers have no usual order. */
const USUAL = new Map<number, readonly Lead[]>([
  [12, LEADS],
  [8, LEADS.filter((lead) => /^(II?|V\d)$/.test(lead))],
]);

/** Opens a claim with the reader's answers. Throws EcgError; the detail of NEEDS_INPUT says all that is missing. */
export async function openAnswered(claim: Claim, options: ReadOptions): Promise<Recording> {
  try {
    return withLeads(await claim.open(options), options);
  } catch (thrown) {
    if (!isQuestion(thrown)) throw thrown;
    const { missing } = await previewOf(claim, options);
    throw new EcgError(thrown.code, thrown.message, { ...thrown.detail, missing }, { cause: thrown });
  }
}

/** What a file does not say, and its first samples to answer by. Throws EcgError where answers would not help. */
export async function previewOf(claim: Claim, options: ReadOptions): Promise<Preview> {
  const rated = { ...options, rateHz: options.rateHz ?? ANY_RATE_HZ };
  const scaled = { ...options, unit: options.unit ?? ANY_UNIT };
  const recording = withLeads(await claim.open({ ...rated, unit: scaled.unit }), options);
  const missing: Missing[] = [
    ...((await asks(claim, scaled)) ? (['rate'] as const) : []),
    ...((await asks(claim, rated)) ? (['unit'] as const) : []),
    ...(needsLeads(recording) ? (['leads'] as const) : []),
  ];
  const usual = USUAL.get(recording.channels.length);
  const signals = recording.channels.map(async (channel, index): Promise<PreviewedSignal> => {
    const unnamed = isUnnamed(channel);
    const values = await recording.samples(index, 0, PREVIEWED);
    const guess = unnamed && needsLeads(recording) ? (usual?.[index] ?? null) : null;
    return { name: channel.name, lead: channel.lead, unnamed, guess, values };
  });
  return { missing, signals: await Promise.all(signals) };
}

/** No signal has a lead, and at least one could have any. */
function needsLeads({ channels }: Recording): boolean {
  return channels.every(({ lead }) => lead === null) && channels.some(isUnnamed);
}

async function asks(claim: Claim, options: ReadOptions): Promise<boolean> {
  try {
    await claim.open(options);
    return false;
  } catch (thrown) {
    if (isQuestion(thrown)) return true;
    throw thrown;
  }
}

function isQuestion(thrown: unknown): thrown is EcgError {
  return errorRecord(thrown).code === 'NEEDS_INPUT';
}

/** The recording with the leads that the reader named; what the file says wins, and an answer for another number of signals is none. */
function withLeads(recording: Recording, { leads }: ReadOptions): Recording {
  const { channels } = recording;
  const answered = channels.map((channel, index) => (isUnnamed(channel) ? (leads?.[index] ?? null) : null));
  if (leads?.length !== channels.length || answered.every((lead) => lead === null)) return recording;
  const { names, warnings } = nameChannels(channels.map(({ name }, index) => answered[index] ?? name));
  const named = channels.map((channel, index) => ({ ...channel, ...names[index] }));
  const said = channels.flatMap(({ name }, index) => (answered[index] ? [`“${name}” is ${answered[index]}`] : []));
  return {
    ...recording,
    channels: named,
    warnings: [
      ...recording.warnings.filter(({ code }) => code !== 'LEAD_UNKNOWN' && code !== 'NO_ABSOLUTE_VOLTAGE'),
      { code: 'LEAD_RENAMED', message: `Leads as the reader named them: ${list(said)}.` },
      ...warnings,
      ...scaleWarnings(named),
    ],
  };
}
