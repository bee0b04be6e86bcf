import { describe, expect, test } from 'vitest';
import { isPeopleTable, joinPeople, parsePeople, takePeople } from './demographics';
import { bytesOf } from './sources';

const table = (text: string, name = 'people.csv') => parsePeople(name, text);

describe('a table of ages and sexes', () => {
  test('is told by its headings', () => {
    expect(isPeopleTable('file,age,sex\na.hea,3,f\n')).toBe(true);
    expect(isPeopleTable('\uFEFF"Sex";"File"\n')).toBe(true);
    expect(isPeopleTable('time_s,I,II\n0,1,2\n')).toBe(false);
    expect(isPeopleTable('file,lead\n')).toBe(false);
  });

  test('is taken out of a drop, and everything else stays', async () => {
    const files = ['file,age,sex\na,1,f\n', 'I,II\n1,2\n'].map((text, n) =>
      bytesOf(`${n}.csv`, new TextEncoder().encode(text)),
    );
    const { tables, rest } = await takePeople(files);
    expect(tables).toMatchObject([{ name: '0.csv', rows: [{ file: 'a', ageYears: 1, sex: 'female' }] }]);
    expect(rest).toEqual([files[1]]);
  });

  test('what is no age and no sex is refused in words', () => {
    const { rows, refusals } = table('sex,file,age\nM,a.hea,63.5\nwoman,b.hea,3\nf,c.hea,old\n,,4\n,d.hea,\n1,e,200\n');
    expect(rows).toEqual([
      { file: 'a.hea', ageYears: 63.5, sex: 'male' },
      { file: 'd.hea', ageYears: null, sex: 'unknown' },
    ]);
    expect(refusals).toEqual([
      '“woman” is no sex for b.hea: write female or male.',
      '“old” is no age in years for c.hea.',
      'a row names no file.',
      '“200” is no age in years for e.',
    ]);
  });
});

describe('joining', () => {
  const join = (text: string, recordings: readonly (readonly string[])[], name?: string) =>
    joinPeople([table(`file,age,sex\n${text}`, name)], recordings);

  test('by any part of a recording, by its name without ending, and by a path', () => {
    const recordings = [['x/1.hea', 'x/1.dat'], ['x/2.hea', 'x/2.dat'], ['y/3.csv']];
    const { people, refusals } = join('1.dat,10,f\n2,20,m\ny/3.csv,30,\n', recordings);
    expect([...people].map(([place, { ageYears }]) => [place, ageYears])).toEqual([
      [0, 10],
      [1, 20],
      [2, 30],
    ]);
    expect(refusals.get('people.csv')).toEqual([]);
  });

  test('a name that two recordings have is joined to neither', () => {
    const { people, doubts, refusals } = join('1.hea,10,f\n', [['a/1.hea'], ['b/1.hea']]);
    expect(people.size).toBe(0);
    expect([...doubts.keys()]).toEqual([0, 1]);
    expect(refusals.get('people.csv')).toEqual(['1.hea could be a/1.hea or b/1.hea.']);
    expect(join('b/1.hea,10,f\n', [['a/1.hea'], ['b/1.hea']]).people.get(1)?.ageYears).toBe(10);
  });

  test('a table means the files of its own folder first', () => {
    const { people } = join('1.hea,10,f\n', [['a/1.hea'], ['a/old/1.hea']], 'a/people.csv');
    expect([...people.keys()]).toEqual([0]);
  });

  test('a file that is not there, or whose folder is not known, is refused', () => {
    const { people, refusals } = join('b/1.hea,10,f\n11.hea,4,f\n', [['1.hea']]);
    expect(people.size).toBe(0);
    expect(refusals.get('people.csv')).toEqual([
      'b/1.hea is not among these files.',
      '11.hea is not among these files.',
    ]);
  });

  test('two rows that differ for one recording are both refused, two equal ones are one', () => {
    expect(join('1.hea,10,f\n1.dat,10,f\n', [['1.hea', '1.dat']]).people.size).toBe(1);
    const { people, doubts } = join('1.hea,10,f\n1.dat,11,f\n', [['1.hea', '1.dat']]);
    expect(people.size).toBe(0);
    expect(doubts.get(0)).toContain('different values');
  });
});
