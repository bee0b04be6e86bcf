import type { Reading } from './reading';

/** Of the beats, at least this share is paced in a paced rhythm. */
const MOSTLY = 0.5;

/** Whether the rhythm is paced: most beats follow a spike, or the network states it. */
export function isPaced({ beatList, findings }: Pick<Reading, 'beatList' | 'findings'>): boolean {
  const paced = beatList.filter((beat) => beat.class === 'paced').length;
  const stated = findings.some(({ code, status }) => code === 'PACE' && status === 'present');
  return stated || (paced > 0 && paced >= MOSTLY * beatList.length);
}
