import { describe, expect, test } from 'vitest';
import { decodedUnit, nameChannels, scaleWarnings } from './channels';

describe('names', () => {
  test('standard leads from any spelling, in the house spelling', () => {
    const { names, warnings } = nameChannels(['i', 'AVR\0', 'Lead II', 'v 6', 'PLETH']);
    expect(names).toEqual([
      { name: 'I', lead: 'I' },
      { name: 'aVR', lead: 'aVR' },
      { name: 'II', lead: 'II' },
      { name: 'V6', lead: 'V6' },
      { name: 'PLETH', lead: null },
    ]);
    expect(warnings).toEqual([]);
  });

  test('a lead is taken once: the second one is shown under its own name', () => {
    const { names, warnings } = nameChannels(['MLII', 'II']);
    expect(names).toEqual([
      { name: 'II', lead: 'II' },
      { name: 'II', lead: null },
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['LEAD_RENAMED', 'LEAD_DUPLICATE']);
  });

  test.each(['', 'ECG', 'ECG 1', '1', 'ch2', 'signal_3', 'column 4'])('“%s” does not say which lead it is', (name) => {
    const { names, warnings } = nameChannels([name]);
    expect(names[0]?.lead).toBeNull();
    expect(warnings.map(({ code }) => code)).toEqual(['LEAD_UNKNOWN']);
  });
});

test('voltages come to mV, everything else keeps its unit and scale', () => {
  expect(['mV', 'uV', 'µV', 'μV', 'nV', 'V', 'Microvolt'].map((unit) => decodedUnit(unit).factor)).toEqual([
    1, 1e-3, 1e-3, 1e-3, 1e-6, 1e3, 1e-3,
  ]);
  expect(decodedUnit('mmHg')).toEqual({ unit: 'mmHg', factor: 1 });
});

test('a lead without a voltage, and a signal without any unit, have NO_ABSOLUTE_VOLTAGE; a pressure is what it is', () => {
  const codes = (name: string, unit: string, lead: 'I' | null) =>
    scaleWarnings([{ name, unit, lead }]).map(({ code }) => code);
  expect(codes('I', 'NU', 'I')).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  expect(codes('I', 'mmHg', 'I')).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  expect(codes('PLETH', 'NU', null)).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  expect(codes('ABP', 'mmHg', null)).toEqual([]);
  expect(codes('I', 'mV', 'I')).toEqual([]);
});

test('posterior, right-sided and Frank leads keep a name of their own, in the spelling of paper', () => {
  const { names, warnings } = nameChannels(['v7', 'rV4', 'VX', 'V7']);
  expect(names).toEqual([
    { name: 'V7', lead: null },
    { name: 'V4R', lead: null },
    { name: 'X', lead: null },
    { name: 'V7', lead: null },
  ]);
  expect(warnings).toEqual([]);
});
