import { type Conflict, type Finding, isPaced, type Reading } from '../ecg';
import { message, say } from '../words/say';

type Known = Pick<Reading, 'beatList' | 'findings'>;

/** A rhythm or conduction in which other statements cannot be read: they are told apart by the very shape that it changes. */
interface Mask {
  readonly holds: (known: Known) => boolean;
  /** The statements that say so, where the network made them. */
  readonly codes: readonly string[];
  readonly hides: (finding: Finding) => boolean;
  readonly saying: 'paced' | 'leftBlock' | 'preExcitation';
}

const HYPERTROPHY = ['HYP', 'LVH', 'VCLVH', 'SEHYP'];
/** With `MI`, which does not say where. */
const ANTERIOR = ['MI', 'AMI', 'ASMI', 'ALMI', 'INJAS', 'INJAL'];
/** `A` and `N` are what the single-lead head says. */
const ATRIAL = ['AFIB', 'AFLT', 'A'];
const SINUS = ['SR', 'STACH', 'SBRAD', 'SARRH', 'N'];
/** Stated beside a normal ECG without contradiction: rhythms of the sinus node, whose rate is told by itself. */
const HARMLESS = ['NORM', ...SINUS, '~'];

const isStated = (findings: readonly Finding[], codes: readonly string[]) =>
  findings.some(({ code, status }) => status === 'present' && codes.includes(code));

/**
 * - Paced beats: neither conduction, hypertrophy nor infarction is read from their QRS (Hancock et al. 2009, AHA/ACCF/HRS, Part V; Surawicz et al. 2009, Part III)
 * - Left bundle branch block: no left ventricular hypertrophy (Hancock et al. 2009), no anterior infarction by Q waves (Thygesen et al. 2018)
 * - Pre-excitation: its delta waves imitate bundle branch block and Q waves (Surawicz et al. 2009)
 */
const MASKS: readonly Mask[] = [
  {
    holds: isPaced,
    codes: ['PACE'],
    hides: ({ group, code }) =>
      ['conduction', 'hypertrophy', 'infarction'].includes(group) || ['CD', 'HYP', 'MI'].includes(code),
    saying: 'paced',
  },
  {
    holds: ({ findings }) => isStated(findings, ['CLBBB']),
    codes: ['CLBBB'],
    hides: ({ code }) => HYPERTROPHY.includes(code) || ANTERIOR.includes(code),
    saying: 'leftBlock',
  },
  {
    holds: ({ findings }) => isStated(findings, ['WPW']),
    codes: ['WPW'],
    hides: ({ group, code }) => ['hypertrophy', 'infarction'].includes(group) || /BBB$/.test(code) || code === 'MI',
    saying: 'preExcitation',
  },
];

/** Of each pair at most one can hold. */
const EXCLUSIVE: readonly { readonly a: readonly string[]; readonly b: readonly string[]; readonly why: Why }[] = [
  { a: ATRIAL, b: SINUS, why: 'atrialOrSinus' },
  { a: ATRIAL, b: ['1AVB', 'LPR'], why: 'noPrInterval' },
  { a: ['STACH'], b: ['SBRAD'], why: 'fastOrSlow' },
  { a: ['SR'], b: ['STACH', 'SBRAD'], why: 'normalOrNot' },
  { a: ['CRBBB'], b: ['CLBBB'], why: 'bothBranches' },
  { a: ['IRBBB'], b: ['CRBBB', 'CLBBB'], why: 'incompleteOrNot' },
  { a: ['IVCD'], b: ['CRBBB', 'CLBBB'], why: 'notUnspecific' },
];

type Why =
  | 'atrialOrSinus'
  | 'noPrInterval'
  | 'fastOrSlow'
  | 'normalOrNot'
  | 'bothBranches'
  | 'incompleteOrNot'
  | 'notUnspecific';

/**
 * What other statements, or a paced rhythm, have against one that is present.
 *
 * @param known all statements, and the beats with their classes
 */
export function exclusions(finding: Finding, known: Known): readonly Conflict[] {
  if (finding.status !== 'present') return [];
  const present = known.findings.filter(({ status }) => status === 'present').map(({ code }) => code);
  const masked = MASKS.filter(
    ({ holds, codes, hides }) => !codes.includes(finding.code) && hides(finding) && holds(known),
  ).map(
    ({ codes, saying }): Conflict => ({
      code: 'UNREADABLE',
      with: codes.filter((code) => present.includes(code)),
      ...message(saying, {}),
    }),
  );
  const excluded = EXCLUSIVE.flatMap(({ a, b, why }) => {
    const others = a.includes(finding.code) ? b : b.includes(finding.code) ? a : [];
    return alsoStated(
      known.findings.filter(({ code, status }) => status === 'present' && others.includes(code)),
      why,
    );
  });
  return [...masked, ...excluded, ...notNormal(finding, known.findings)];
}

/** A normal ECG beside something that is none. */
function notNormal({ code }: Finding, findings: readonly Finding[]): readonly Conflict[] {
  if (code !== 'NORM') return [];
  return alsoStated(findings.filter((other) => other.status === 'present' && !HARMLESS.includes(other.code)));
}

function alsoStated(others: readonly Finding[], why: Why | null = null): readonly Conflict[] {
  if (others.length === 0) return [];
  const stated = others.map(({ code, label }) => ({ code, label }));
  const told = why
    ? message('alsoStatedWhy', { statements: stated, why: say(why, {}).saying })
    : message('alsoStated', { statements: stated });
  return [{ code: 'EXCLUDED', with: others.map(({ code }) => code), ...told }];
}
