import { expect, test } from 'vitest';
import type { Ecg, Lead, LeadWaves } from '../ecg';
import { waveBands } from './bands';
import { STANDARD_ARRANGEMENT } from './layouts';
import { bandAt, clamp, handlesOf, limitsOf, nextHandle, timeAt } from './marks';
import { readout } from './readout';
import { arrange } from './sheet';
import { intervalAreas } from './spans';
import { STANDARD_SCALE } from './units';

const wave = (onset: number, peak: number, offset: number) => ({ onset, peak, offset });
const own: LeadWaves = {
  p: [wave(11, 11.05, 11.1)],
  qrs: [wave(11.18, 11.22, 11.28), wave(12.18, 12.22, 12.28)],
  t: [wave(11.4, 11.5, 11.6)],
};
const waves = { II: own };
const lead = (name: Lead): Ecg['leads'][number] => {
  const samples = new Float32Array(5000).fill(0.1);
  samples[Math.round(1.05 * 500)] = 0.25;
  return { name, lead: name, unit: 'mV', derived: false, samplingRateHz: 500, samples };
};
const ecg: Ecg = { startS: 10, durationS: 10, leads: [lead('I'), lead('II')] };
const sheet = arrange(ecg.leads, { ...STANDARD_ARRANGEMENT, layout: '12x1' }, ecg, STANDARD_SCALE);
const bands = waveBands(sheet, ecg.leads, waves);
const p = bands.find(({ kind }) => kind === 'p');

test('a point on a band or just beside it means it, a point on another lead does not', () => {
  if (!p) throw new Error('no P');
  const y = p.y + 1;
  expect(bandAt(bands, p.x + 0.5, y)).toBe(p);
  expect(bandAt(bands, p.x - 0.8, y)).toBe(p);
  expect(bandAt(bands, p.x - 1.2, y)).toBeNull();
  expect(bandAt(bands, p.x + 0.5, y - 30)).toBeNull();
});

test('a place on the sheet is a moment and back; handles stand where the marks are', () => {
  if (!p) throw new Error('no P');
  const [onset, offset] = handlesOf(p, STANDARD_SCALE);
  expect(onset).toMatchObject({ lead: 'II', kind: 'p', boundary: 'onset', timeS: 11, peakS: 11.05, edited: false });
  expect(timeAt(p, offset?.x ?? 0, STANDARD_SCALE)).toBeCloseTo(11.1, 9);
  const cut = { ...p, wave: wave(9.9, 10.1, 10.2) };
  expect(handlesOf(cut, STANDARD_SCALE).map(({ boundary }) => boundary)).toEqual(['offset']);
});

test('a mark stays between its peak and the wave beside it', () => {
  const qrs = { lead: 'II', kind: 'qrs', peakS: 11.22 } as const;
  const onset = limitsOf(own, { ...qrs, boundary: 'onset' }, 0.002);
  expect([clamp(10, onset), clamp(11.15, onset), clamp(12, onset)]).toEqual([11.1, 11.15, 11.218]);
  const offset = limitsOf(own, { ...qrs, boundary: 'offset' }, 0.002);
  expect(clamp(10, offset)).toBeCloseTo(11.222, 9);
  expect(clamp(12, offset)).toBe(11.4);
});

test('from mark to mark in reading order, around the end', () => {
  const handles = bands.flatMap((band) => handlesOf(band, STANDARD_SCALE));
  const first = nextHandle(handles, null, 1);
  expect(first).toBe(handles[0]);
  expect(nextHandle(handles, first, 1)).toBe(handles[1]);
  expect(nextHandle(handles, first, -1)).toBe(handles.at(-1));
  expect(nextHandle([], null, 1)).toBeNull();
});

test('a wave has its numbers, and those of its beat', () => {
  if (!p) throw new Error('no P');
  const { durationMs, amplitude, prMs, qtMs } = readout(p, ecg, own);
  expect(durationMs).toBeCloseTo(100, 6);
  expect(amplitude).toBeCloseTo(0.15, 5);
  expect([prMs, qtMs].map((v) => Math.round(v ?? 0))).toEqual([180, 420]);
  const second = bands.find(({ kind, wave: { peak } }) => kind === 'qrs' && peak > 12);
  expect(second && readout(second, ecg, own)).toMatchObject({ prMs: null, qtMs: null });
});

test('an interval lies from mark to mark on its lead alone, RR on all', () => {
  const areas = intervalAreas(sheet, ecg.leads, waves, [], ['p.onset', 'qrs.onset']);
  expect(areas).toHaveLength(1);
  expect(areas[0]?.widthMm).toBeCloseTo(0.18 * 25, 9);
  expect(intervalAreas(sheet, ecg.leads, waves, [11, 12, 13], 'beat to beat')).toHaveLength(2);
});
