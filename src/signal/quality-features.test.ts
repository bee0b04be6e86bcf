import { describe, expect, it } from 'vitest';
import { type Ecg, LEADS } from '../ecg';
import { qualityFeatures } from './quality-features';
import { powerSpectrum } from './spectrum';

const RATE_HZ = 500;

/** Twelve leads of a function of time and of the lead's place, mV. */
function twelve(at: (timeS: number, place: number) => number, samplingRateHz = RATE_HZ): Ecg {
  return {
    startS: 0,
    durationS: 10,
    leads: LEADS.map((lead, place) => ({
      name: lead,
      lead,
      unit: 'mV',
      samplingRateHz,
      derived: false,
      samples: Float32Array.from({ length: 10 * samplingRateHz }, (_, n) => at(n / samplingRateHz, place)),
    })),
  };
}

const sine = (hz: number) => (timeS: number, place: number) => (1 + place / 12) * Math.sin(2 * Math.PI * hz * timeS);
const of = (ecg: Ecg, name: string) => qualityFeatures(ecg)?.[name] ?? Number.NaN;

describe('quality features', () => {
  it('see voltage, hum and muscle where they are', () => {
    expect(of(twelve(sine(5)), 'spread.least')).toBeCloseTo(Math.log10(Math.SQRT1_2), 2);
    expect(of(twelve(sine(55)), 'mains.middle') - of(twelve(sine(5)), 'mains.middle')).toBeGreaterThan(3);
    expect(of(twelve(sine(90)), 'muscle.middle') - of(twelve(sine(5)), 'muscle.middle')).toBeGreaterThan(3);
  });

  it('see a flat lead, a rail and a lead like no other', () => {
    const flat = twelve((timeS, place) => (place === 0 ? 0.3 : sine(5)(timeS, place)));
    expect(of(flat, 'still.greatest')).toBe(1);
    expect(of(flat, 'alike.least')).toBe(0);
    expect(of(flat, 'alike.middle')).toBeCloseTo(1, 5);
    const railed = twelve((timeS, place) => Math.min(0.5, sine(5)(timeS, place)), 250);
    expect(of(railed, 'clipped.least')).toBeGreaterThan(0.2);
  });

  it('are those of 250 Hz whatever the rate was', () => {
    const ecgLike = (timeS: number, place: number) => sine(7)(timeS, place) + sine(0.13)(timeS, place);
    const [fast, slow] = [qualityFeatures(twelve(ecgLike, 1000)), qualityFeatures(twelve(ecgLike, 250))];
    const own = Object.entries(slow ?? { none: 1 }).filter(([name]) => !/^(muscle|mains)/.test(name));
    for (const [name, value] of own) expect(Math.abs((fast?.[name] ?? Number.NaN) - value), name).toBeLessThan(0.1);
  });

  it('are none without a lead, a scale or the rate', () => {
    const ecg = twelve(sine(5));
    expect(qualityFeatures({ ...ecg, leads: ecg.leads.slice(1) })).toBeNull();
    expect(qualityFeatures({ ...ecg, leads: ecg.leads.map((lead) => ({ ...lead, unit: 'NU' as const })) })).toBeNull();
    expect(qualityFeatures(twelve(sine(5), 125))).toBeNull();
  });
});

it('the spectrum of a sine is one peak', () => {
  const sineAt = (bin: number) => Float64Array.from({ length: 64 }, (_, n) => Math.sin((2 * Math.PI * bin * n) / 64));
  const power = powerSpectrum(sineAt(9), 64);
  expect(power.indexOf(Math.max(...power))).toBe(9);
  expect(power[20] ?? 1).toBeLessThan(1e-12);
});
