import { expect, test } from 'vitest';
import { LEADS, type Lead } from '../ecg';
import { simulate } from '../simulator';
import { measure } from './index';
import { changed, delineationOf, ecgOf } from './testing/truth';

const simulated = simulate('sinus', { seed: 4, durationS: 30 });
const truth = simulated.waves.II.qrs.map(({ peak }) => peak);
/** One beat that the delineator misses in all leads; the rest of its waves are true. */
const missedS = truth[10] ?? Number.NaN;
const waves = changed(simulated.waves, (wave, kind) =>
  kind === 'qrs' && wave.onset < missedS && wave.offset > missedS ? null : wave,
);
const measured = (leads: readonly Lead[]) =>
  measure(ecgOf(simulated, leads), delineationOf({ ...simulated, waves }, leads));

test('a beat that the delineator misses in few leads is the detector’s; in many leads the delineator knows better', () => {
  const found = (beats: readonly number[]) => beats.filter((timeS) => Math.abs(timeS - missedS) < 0.1).length;
  const { beats: two, beatList } = measured(['II', 'V5']);
  expect([found(two), two.length]).toEqual([1, truth.length]);
  const odd = beatList.filter((beat) => beat.class !== 'N');
  expect(odd.map((beat) => [beat.class, Math.abs(beat.timeS - missedS) < 0.1])).toEqual([['Q', true]]);
  const { beats: all } = measured(LEADS);
  expect([found(all), all.length]).toEqual([0, truth.length - 1]);
});
