import { expect, test } from 'vitest';
import { fromBothEnds } from './both-ends';

const ITEMS = [0, 1, 2, 3, 4, 5, 6];
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

test('both work towards each other, each item once, and the results keep their order', async () => {
  const taken: string[] = [];
  const by = (who: string) => async (item: number) => {
    taken.push(`${who}${item}`);
    await tick();
    return `${item}`;
  };
  expect(await fromBothEnds(ITEMS, by('own'), by('aid'))).toEqual(ITEMS.map(String));
  expect(taken.map((one) => one.slice(3)).sort()).toEqual(ITEMS.map(String));
  expect(taken).toContain('own0');
  expect(taken).toContain('aid6');
});

test('what the aid cannot do is done without it, though the own work is over when it says so', async () => {
  const asked: number[] = [];
  const own = async (item: number) => item;
  const aid = async (item: number) => {
    asked.push(item);
    for (let n = 0; n < 20; n++) await tick();
    return null;
  };
  expect(await fromBothEnds(ITEMS, own, aid)).toEqual(ITEMS);
  expect(asked).toEqual([6]);
});

test('without an aid, without items, and when the own work fails', async () => {
  expect(await fromBothEnds(ITEMS, async (item) => item, null)).toEqual(ITEMS);
  expect(await fromBothEnds([], async (item) => item, null)).toEqual([]);
  const failing = async () => Promise.reject(new Error('cancelled'));
  await expect(fromBothEnds(ITEMS, failing, async (item) => item)).rejects.toThrow('cancelled');
});
