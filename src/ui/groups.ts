import type { Finding, StatementGroup } from '../ecg';

/** In the order in which an ECG is read; the superclasses go first, as an overview. */
const GROUPS = [
  'superclass',
  'rhythm',
  'conduction',
  'hypertrophy',
  'infarction',
  'st-t',
] as const satisfies readonly StatementGroup[];

export interface FindingGroup {
  readonly group: StatementGroup;
  readonly present: readonly Finding[];
  /** `NORM` or absent, but something speaks against that. */
  readonly disputed: readonly Finding[];
  /** Absent, or `NORM`: it says that nothing of what the network has learned was seen, and must not catch the eye. */
  readonly quiet: readonly Finding[];
  readonly notAssessed: readonly Finding[];
}

/** The groups that the model has statements for; in each the likeliest first. */
export function grouped(findings: readonly Finding[]): readonly FindingGroup[] {
  return GROUPS.map((group) => {
    const own = findings.filter((finding) => finding.group === group).sort(likeliestFirst);
    return {
      group,
      present: own.filter(isProminent),
      disputed: own.filter((finding) => !isProminent(finding) && finding.conflicts.length > 0),
      quiet: own.filter(
        (finding) => finding.status !== 'notAssessed' && !isProminent(finding) && finding.conflicts.length === 0,
      ),
      notAssessed: own.filter(({ status }) => status === 'notAssessed'),
    };
  }).filter(
    ({ present, disputed, quiet, notAssessed }) =>
      present.length + disputed.length + quiet.length + notAssessed.length > 0,
  );
}

/** What a reader must see: everything present but `NORM`. */
export const isProminent = (finding: Finding) =>
  finding.status === 'present' && finding.code !== 'NORM' && !isUnreadable(finding);

/** Stated, but imitated or hidden by a paced rhythm or a block: shown with the reason, not as a finding. */
export const isUnreadable = ({ conflicts }: Finding) => conflicts.some(({ code }) => code === 'UNREADABLE');

const likeliestFirst = (a: Finding, b: Finding) => (b.probability ?? -1) - (a.probability ?? -1);
