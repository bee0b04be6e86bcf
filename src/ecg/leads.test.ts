import { expect, test } from 'vitest';
import { furtherLead, standardLead } from './leads';

test.each([
  ['V4r', 'V4R'],
  ['rV4', 'V4R'],
  ['lead V8', 'V8'],
  ['V-9', 'V9'],
  ['vx', 'X'],
  ['Frank Y', 'Y'],
  ['Z', 'Z'],
  ['V10', null],
  ['V2R', null],
  ['resp', null],
])('%s is the further lead %s', (spelling, lead) => {
  expect(furtherLead(spelling)).toBe(lead);
  expect(standardLead(spelling)).toBeNull();
});

test.each([
  ['aVR', 'aVR'],
  ['II (Mason-Likar)', 'II'],
  ['V6', 'V6'],
])('%s is the standard lead %s and no further one', (spelling, lead) => {
  expect(standardLead(spelling)).toBe(lead);
  expect(furtherLead(spelling)).toBeNull();
});
