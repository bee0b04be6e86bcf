import { expect, test } from 'vitest';
import { type Scenario, simulate } from '../simulator';
import { measure } from './index';
import { delineationOf, ecgOf } from './testing/truth';

const of = (scenario: Scenario, lift = 0) => {
  const simulated = simulate(scenario);
  const { samplingRateHz, waves } = simulated;
  const V1 = simulated.leads.V1.slice();
  // Lifts the ST segment from the middle of its last rise on, as left bundle branch block does in V1.
  for (const { offset } of waves.V1.qrs) {
    const at = (s: number) => Math.round(s * samplingRateHz);
    for (let n = at(offset - 0.012); n < at(offset + 0.2); n++) V1[n] = (V1[n] ?? 0) + lift;
  }
  const changed = { ...simulated, leads: { ...simulated.leads, V1 } };
  return measure(ecgOf(changed), delineationOf(changed)).measurements.amplitudes;
};

test('a deep S before a raised ST segment is an S, and the ST segment no R', () => {
  const [plain, raised] = [of('lbbb')?.V1, of('lbbb', 0.3)?.V1];
  expect(plain?.sMv).toBeGreaterThan(1);
  expect(raised?.sMv).toBeCloseTo(plain?.sMv ?? 0, 1);
  expect(raised?.rMv).toBeLessThan(0.2);
});

test("R' behind an S is an R: it stands above the end of QRS", () => {
  const v1 = of('rbbb')?.V1;
  expect(v1?.rMv).toBeGreaterThan(0.3);
  const v5 = of('sinus')?.V5;
  expect(v5?.rMv).toBeGreaterThan(1);
});
