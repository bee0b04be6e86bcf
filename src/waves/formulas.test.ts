import { expect, test } from 'vitest';
import { type Ecg, LEADS, type Wave } from '../ecg';
import { amplitudes } from './amplitudes';
import { axes } from './axes';
import type { Beat } from './fiducials';
import { qtc, wideQrsQt } from './qtc';
import { stLevels } from './st';

test('QTc by four formulas, computed by hand', () => {
  // RR 0.64 s: √ = 0.8, ∛ = 0.861774, HR = 93.75.
  const at640 = qtc(360, 640);
  expect(at640.bazett).toBeCloseTo(450, 6);
  expect(at640.fridericia).toBeCloseTo(417.743, 2);
  expect(at640.framingham).toBeCloseTo(415.44, 6);
  expect(at640.hodges).toBeCloseTo(419.0625, 6);
  // RR 1.331 s: ∛ = 1.1.
  expect(qtc(440, 1331).fridericia).toBeCloseTo(400, 6);
  expect(qtc(400, 1000)).toEqual({ bazett: 400, fridericia: 400, framingham: 400, hodges: 400 });
});

const RATE = 500;
const wave = (onset: number, offset: number): Wave => ({ onset, peak: (onset + offset) / 2, offset });

/** Two beats whose QRS is a triangle towards an angle in the frontal plane, with an ST level of its own. */
function projected(angleDeg: number, stMv = 0, unit = 'mV'): { ecg: Ecg; beats: Beat[] } {
  const beats = [1, 2].map((at) => ({ p: null, qrs: wave(at, at + 0.1), t: wave(at + 0.2, at + 0.4) }));
  const triangle = (timeS: number, { onset, offset }: Wave) =>
    Math.max(0, 1 - Math.abs(timeS - (onset + offset) / 2) / ((offset - onset) / 2));
  const height = (lead: string) => {
    const radians = (Math.PI / 180) * angleDeg;
    if (lead === 'I') return Math.cos(radians);
    return lead === 'aVF' ? (Math.sqrt(3) / 2) * Math.sin(radians) : 0.5;
  };
  const leads = LEADS.map((lead) => {
    const samples = Float32Array.from({ length: 3 * RATE }, (_, n) =>
      beats.reduce((sum, { qrs }) => {
        const inSt = n >= Math.round(qrs.offset * RATE) && n / RATE < qrs.offset + 0.08;
        return sum + height(lead) * triangle(n / RATE, qrs) + (inSt ? stMv : 0);
      }, 0.3),
    );
    return { name: lead, lead, unit, samplingRateHz: RATE, derived: false, samples };
  });
  return { ecg: { startS: 0, durationS: 3, leads }, beats };
}

const CONDUCTED = { oneToOne: true, hasP: true, atrialRateBpm: 60, blockedP: 0 };

test.each([0, 45, 90, 135, 180, -30, -90, -150])('the axis of a QRS that points to %i°', (angleDeg) => {
  const { ecg, beats } = projected(angleDeg);
  expect(axes(ecg, beats, CONDUCTED).qrsAxisDeg).toBeCloseTo(angleDeg, 1);
});

test('no axis where the frontal plane is isoelectric, a wave absent, or the voltage unknown', () => {
  const { ecg, beats } = projected(45);
  const flat = {
    ...ecg,
    leads: ecg.leads.map((lead) => ({
      ...lead,
      samples: lead.samples.map((_, n) => Math.sin((2 * Math.PI * n) / 10)),
    })),
  };
  expect(axes(flat, beats, CONDUCTED).qrsAxisDeg).toBeNull();
  expect(axes(ecg, beats, CONDUCTED).pAxisDeg).toBeNull();
  const unknown = projected(45, 0, 'NU');
  expect(axes(unknown.ecg, unknown.beats, CONDUCTED).qrsAxisDeg).toBeNull();
  expect(stLevels(unknown.ecg, unknown.beats, {})).toBeNull();
});

test.each([0, 0.1, 0.25, -0.15])('an ST level of %f mV, whatever the baseline', (stMv) => {
  const { ecg, beats } = projected(45, stMv);
  expect(stLevels(ecg, beats, {})?.V2).toBeCloseTo(stMv, 2);
  expect(stLevels(ecg, beats.slice(0, 1), {})).toBeNull();
});

test('R and S against the level before the QRS', () => {
  const { ecg, beats } = projected(-90);
  expect(amplitudes(ecg, beats)?.aVF?.rMv).toBe(0);
  expect(amplitudes(ecg, beats)?.aVF?.sMv).toBeCloseTo(Math.sqrt(3) / 2, 2);
  expect(amplitudes(ecg, beats)?.V1?.rMv).toBeCloseTo(0.5, 2);
  expect(amplitudes(ecg, beats)?.V1?.sMv).toBeCloseTo(0, 2);
});

test('a wide QRS has 48.5 % of itself taken off QT, a narrow one nothing (Bogossian et al. 2014)', () => {
  expect(wideQrsQt(480, 160, 1000)?.qtMs).toBeCloseTo(402.4, 6);
  expect(wideQrsQt(480, 160, 512)?.qtcFridericiaMs).toBeCloseTo(402.4 / 0.8, 6);
  expect(wideQrsQt(480, 119.9, 1000)).toBeNull();
  expect(wideQrsQt(480, 120, 1000)).not.toBeNull();
});
