import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALERT_CODES, BEAT_CLASSES, CONFLICT_CODES, ERROR_CODES, FORMATS, QUALITY_ISSUES, WARNING_CODES } from '.';

const page = readFileSync('docs/codes.md', 'utf8');

/** The codes that the page lists under a heading. */
function listed(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const body = section.slice(section.indexOf('\n'));
  return [...body.matchAll(body.includes('|---') ? /^\| `(\w+)`/gm : /`([\w-]+)`/g)].map(([, code]) => code ?? '');
}

test.each([
  ['Errors', ERROR_CODES],
  ['Warnings', WARNING_CODES],
  ['Alerts', ALERT_CODES],
  ['Conflicts', CONFLICT_CODES],
  ['Beats', BEAT_CLASSES],
  ['Formats', FORMATS],
  ['Quality', QUALITY_ISSUES],
])('docs/codes.md lists exactly the codes of the code: %s', (heading, codes) => {
  expect(listed(heading).sort()).toEqual([...codes].sort());
});
