import type { Measurements, SecondOpinion } from '../ecg';
import type { ClassicalBeat } from './classical';
import type { Conduction } from './conduction';
import type { Beat } from './fiducials';

/** Three standard deviations of the difference of the two methods on LUDB (10, 13 and 13 ms; `bench/second-opinion.ts`), ms. */
const TOLERANCE_MS = { prMs: 30, qrsMs: 40, qtMs: 40 } as const;

const INTERVALS = ['prMs', 'qrsMs', 'qtMs'] as const;

/**
 * The intervals of the classical method beside those that are shown, and which of them are too far apart to be believed unseen. A P that one method
 * sees before every QRS of a regular rhythm and the other does not see at all is a dispute too.
 */
export function secondOpinion(
  { p, qrs, t }: ClassicalBeat,
  shown: Pick<Measurements, 'pMs' | 'prMs' | 'qrsMs' | 'qtMs'>,
  isRegular: boolean,
): SecondOpinion {
  const other = {
    prMs: p && 1000 * (qrs.onset - p.onset),
    qrsMs: 1000 * (qrs.offset - qrs.onset),
    qtMs: t && 1000 * (t.offset - qrs.onset),
  };
  const isMissed = isRegular && shown.pMs === null && other.prMs !== null;
  const disputed = INTERVALS.filter((name) => {
    const [a, b] = [shown[name], other[name]];
    if (name === 'prMs' && isMissed) return true;
    return a !== null && b !== null && Math.abs(a - b) > TOLERANCE_MS[name];
  });
  return { ...other, disputed };
}

/**
 * What is measured on where no delineator ran: the beats of the commonest shape, each with the boundaries of their median. A P in the median of
 * a regular rhythm is taken for conducted; single blocked ones are not seen.
 */
export function classicalBeats({ times, p, qrs, t }: ClassicalBeat, isRegular: boolean) {
  const wave = (timeS: number, mark: { readonly onset: number; readonly offset: number }) => ({
    onset: timeS + mark.onset,
    peak: timeS + (mark.onset + mark.offset) / 2,
    offset: timeS + mark.offset,
  });
  const hasP = p !== null && isRegular;
  const normal = times.map(
    (timeS): Beat => ({ p: hasP ? wave(timeS, p) : null, qrs: wave(timeS, qrs), t: t && wave(timeS, t) }),
  );
  const conduction: Conduction = { oneToOne: hasP, hasP, atrialRateBpm: null, blockedP: null };
  return { normal, conduction };
}
