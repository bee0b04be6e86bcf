import { beforeEach, expect, test, vi } from 'vitest';
import type { Words } from '../words';
import { languageActions } from './language';

/** Chinese comes late. */
vi.mock('../release/sealed', () => ({
  importSealed: async (name: string, load: () => Promise<Words>) => {
    await new Promise((resolve) => setTimeout(resolve, name === 'zh' ? 30 : 1));
    return load();
  },
}));

beforeEach(() => {
  vi.stubGlobal('window', { location: { href: 'http://page/' }, history: { state: null, replaceState: () => {} } });
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('document', { documentElement: { lang: '' }, title: '' });
});

test('of two languages that are asked for one after the other the later one is spoken, whichever comes first', async () => {
  const spoken: (string | undefined)[] = [];
  const { speak } = languageActions({
    change: ({ words }) => spoken.push(words?.language),
    fail: (error) => spoken.push(String(error)),
  });
  await Promise.all([speak('zh'), speak('de')]);
  expect(spoken).toEqual(['de']);
});
