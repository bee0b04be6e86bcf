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
  ['ECG lead II', 'II'],
  ['ECG_LEAD_aVF', 'aVF'],
  ['MDC_ECG_LEAD_V1', 'V1'],
  ['V1_ECG', 'V1'],
  ['aVL lead', 'aVL'],
  ['DIII', 'III'],
  ['Ⅱ导联', 'II'],
  ['I [uV]', 'I'],
  ['II_mV', 'II'],
  ['ECG-II', 'II'],
])('%s is the standard lead %s and no further one', (spelling, lead) => {
  expect(standardLead(spelling)).toBe(lead);
  expect(furtherLead(spelling)).toBeNull();
});

test.each(['-aVR', 'ECG 1', 'C3', 'lead', 'II-III'])('%s is no standard lead', (spelling) => {
  expect(standardLead(spelling)).toBeNull();
});
