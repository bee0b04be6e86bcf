import { describe, expect, test, vi } from 'vitest';
import { createNetwork } from '../network';
import { startCpu } from '../network/backends/cpu';
import { randomWeights, tinyCard } from '../network/testing/tiny';
import { judge, type Trial, tryOut } from './trial';

vi.setConfig({ testTimeout: 60_000 });

const trial = (ms: number, ...logits: number[]): Trial => ({ ms, logits: Float32Array.from(logits) });

describe('of two backends', () => {
  test('the faster one goes on', () => {
    expect(judge(trial(5, 1, -2), trial(3, 1, -2))).toBe('rival');
    expect(judge(trial(3, 1, -2), trial(5, 1, -2))).toBe('home');
  });

  test('a faster one with other numbers does not', () => {
    expect(judge(trial(5, 1, -2), trial(3, 1, -2.00005))).toBe('rival');
    expect(judge(trial(5, 1, -2), trial(3, 1, -2.0002))).toBe('differ');
    expect(judge(trial(5, 1, -2), trial(3, 1, Number.NaN))).toBe('differ');
    expect(judge(trial(5, 1, -2), trial(3, 1))).toBe('differ');
  });
});

test('a network is tried out on an ECG that it has something to say of', async () => {
  await startCpu();
  const card = tinyCard();
  const network = createNetwork(card, randomWeights(card, 3));
  const { ms, logits } = await tryOut(card, network);
  expect(ms).toBeGreaterThan(0);
  expect(logits).toHaveLength(card.labels.length);
  expect(logits.every(Number.isFinite)).toBe(true);
  expect(new Set(logits).size).toBe(logits.length);
  network.dispose();
});
