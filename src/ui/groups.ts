import type { Finding, StatementGroup } from '../ecg';

/** In the order in which an ECG is read; the superclasses go first, as an overview. */
const GROUPS: readonly { readonly group: StatementGroup; readonly title: string }[] = [
  { group: 'superclass', title: 'Overview' },
  { group: 'rhythm', title: 'Rhythm' },
  { group: 'conduction', title: 'Conduction' },
  { group: 'hypertrophy', title: 'Hypertrophy' },
  { group: 'infarction', title: 'Infarction' },
  { group: 'st-t', title: 'ST-T' },
];

export interface FindingGroup {
  readonly group: StatementGroup;
  readonly title: string;
  readonly present: readonly Finding[];
  readonly absent: readonly Finding[];
  readonly notAssessed: readonly Finding[];
}

/** The groups that the model has statements for; in each the likeliest first. */
export function grouped(findings: readonly Finding[]): readonly FindingGroup[] {
  return GROUPS.map(({ group, title }) => {
    const own = findings.filter((finding) => finding.group === group).sort(likeliestFirst);
    return {
      group,
      title,
      present: own.filter(({ status }) => status === 'present'),
      absent: own.filter(({ status }) => status === 'absent'),
      notAssessed: own.filter(({ status }) => status === 'notAssessed'),
    };
  }).filter(({ present, absent, notAssessed }) => present.length + absent.length + notAssessed.length > 0);
}

const likeliestFirst = (a: Finding, b: Finding) => (b.probability ?? -1) - (a.probability ?? -1);
