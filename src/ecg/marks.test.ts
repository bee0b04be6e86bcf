import { expect, test } from 'vitest';
import { applyMarks, type MarkEdit, withMark } from './marks';

const wave = (peak: number) => ({ onset: peak - 0.04, peak, offset: peak + 0.04 });
const waves = { II: { p: [wave(1), wave(2)], qrs: [], t: [] }, V1: { p: [wave(1)], qrs: [], t: [] } };
const edit = (timeS: number, patch: Partial<MarkEdit> = {}): MarkEdit => ({
  lead: 'II',
  kind: 'p',
  peakS: 2,
  boundary: 'onset',
  timeS,
  ...patch,
});

test('an edit moves its own mark and no other, and the wave says so', () => {
  const { II, V1 } = applyMarks(waves, [edit(1.9)]);
  expect(II?.p).toEqual([wave(1), { onset: 1.9, peak: 2, offset: 2.04, edited: ['onset'] }]);
  expect(V1).toEqual(waves.V1);
  expect(waves.II.p[1]).toEqual(wave(2));
});

test('a mark stays on its side of the peak; both can be moved; a wave that is not there is left alone', () => {
  expect(applyMarks(waves, [edit(2.02)]).II?.p[1]?.onset).toBe(2);
  const both = applyMarks(waves, [edit(1.9), edit(2.1, { boundary: 'offset' })]).II?.p[1];
  expect(both).toMatchObject({ onset: 1.9, offset: 2.1, edited: ['onset', 'offset'] });
  expect(applyMarks(waves, [edit(5, { peakS: 5 }), edit(1, { lead: 'I' })])).toEqual(waves);
});

test('of one mark the last edit counts', () => {
  const edits = withMark(withMark([], edit(1.9)), edit(1.92, { peakS: 2.004 }));
  expect(edits).toHaveLength(1);
  expect(withMark(edits, edit(2.1, { boundary: 'offset' }))).toHaveLength(2);
});
