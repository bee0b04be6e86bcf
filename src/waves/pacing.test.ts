import { expect, test, vi } from 'vitest';
import { LEADS } from '../ecg';
import { RECIPES, type Scenario, type Simulated, type SimulationOptions, simulate } from '../simulator';
import { pacingSpikes } from './pacing';
import { ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

/** A pulse of one or two samples before each beat, of another height in each lead, as a recorder of 500 Hz leaves it. */
function paced(simulated: Simulated, heightMv: number): Simulated {
  for (const [n, lead] of LEADS.entries()) {
    for (const { timeS } of simulated.beats) {
      const at = Math.round((timeS - 0.05) * simulated.samplingRateHz);
      const signal = simulated.leads[lead];
      const height = heightMv * (n % 2 ? -1 : 1) * (0.6 + 0.1 * (n % 5));
      for (const [k, share] of [1, 0.4].entries())
        if (at + k >= 0) signal[at + k] = (signal[at + k] ?? 0) + share * height;
    }
  }
  return simulated;
}

test.each([500, 1000])('spikes before each beat are found at %i Hz, to 2 ms, in noise too', (samplingRateHz) => {
  for (const noise of [{}, { muscleDb: 14, wanderDb: 3, mainsDb: 16 }]) {
    const simulated = paced(simulate('lbbb', { samplingRateHz, noise, seed: 3 }), 1);
    const found = pacingSpikes(ecgOf(simulated)) ?? [];
    const truth = simulated.beats.map(({ timeS }) => timeS - 0.05).filter((timeS) => timeS > 0.02);
    expect(found.length).toBe(truth.length);
    for (const [n, timeS] of found.entries()) expect(Math.abs(timeS - (truth[n] ?? 0))).toBeLessThan(0.0031);
  }
});

const QUIET: readonly SimulationOptions[] = [
  {},
  { noise: { muscleDb: 6 } },
  { noise: { whiteDb: 10 } },
  { noise: { mainsDb: 6, wanderDb: 0 } },
];

test.each(Object.keys(RECIPES) as Scenario[])('%s has none, in noise neither', (scenario) => {
  for (const options of QUIET) expect(pacingSpikes(ecgOf(simulate(scenario, { ...options, seed: 2 })))).toEqual([]);
});

test('a step in one lead or two is none, nor are two spikes in all leads', () => {
  const simulated = simulate('sinus');
  for (const lead of ['V1', 'V2'] as const) {
    for (const at of [1000, 2000, 3000, 4000]) simulated.leads[lead][at] = 3;
  }
  for (const lead of LEADS) for (const at of [1500, 2500]) simulated.leads[lead][at] = 3;
  expect(pacingSpikes(ecgOf(simulated))).toEqual([]);
});

test('at 250 Hz, in two leads and without volts it is unknown', () => {
  expect(pacingSpikes(ecgOf(simulate('sinus', { samplingRateHz: 250 })))).toBeNull();
  expect(pacingSpikes(ecgOf(simulate('sinus'), ['I', 'II']))).toBeNull();
  expect(pacingSpikes(ecgOf(simulate('sinus'), LEADS, 0, 'unitless'))).toBeNull();
});
