import { expect, test } from 'vitest';
import type { MarkEdit } from '../ecg';
import { marked, NO_MARKS, redone, undone } from './mark-history';

const at = (timeS: number): MarkEdit => ({ lead: 'II', kind: 'p', peakS: 1, boundary: 'onset', timeS });

test('every edit can be undone and done again; a new one forgets what was undone', () => {
  const two = marked(marked(NO_MARKS, at(0.9)), at(0.8));
  expect(two.now).toEqual([at(0.8)]);
  expect(undone(two).now).toEqual([at(0.9)]);
  expect(undone(undone(two)).now).toEqual([]);
  expect(redone(undone(two))).toEqual(two);
  expect(redone(marked(undone(two), at(0.7))).now).toEqual([at(0.7)]);
  expect(undone(NO_MARKS)).toBe(NO_MARKS);
  expect(redone(two)).toBe(two);
});
