import { expect, test } from 'vitest';
import { decimate } from './decimate';

/** A small generator of repeatable noise (Park and Miller 1988). */
function noise(length: number, seed = 7): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  });
}

test('every pixel column keeps its least and its greatest sample', () => {
  const samples = noise(50_000);
  const columns = 1000;
  const { at, value } = decimate(samples, columns);
  expect(at.length).toBeLessThanOrEqual(2 * columns);
  for (let column = 0; column < columns; column++) {
    const own = samples.subarray(column * 50, (column + 1) * 50);
    const kept = value.filter((_, i) => Math.floor((at[i] ?? 0) / 50) === column);
    expect(Math.max(...kept)).toBe(Math.max(...own));
    expect(Math.min(...kept)).toBe(Math.min(...own));
  }
});

test('a pacing spike of one sample survives', () => {
  const samples = new Float32Array(360_000);
  samples[123_457] = 5;
  const { at, value } = decimate(samples, 250);
  expect(at[value.indexOf(5)]).toBe(123_457);
});

test('points stay in the order of time', () => {
  const { at } = decimate(noise(9999), 77);
  expect([...at]).toEqual([...at].sort((a, b) => a - b));
});

test('few samples are all kept, whatever they are', () => {
  const samples = Float32Array.of(1, Number.NaN, 2, 2, -1);
  expect([...decimate(samples, 1000).value]).toEqual([...samples]);
});

test('a gap of a single sample stays a gap, and both of its sides keep their extremes', () => {
  const samples = noise(10_000);
  samples[4321] = Number.NaN;
  samples[4320] = 9;
  const { at, value } = decimate(samples, 100);
  const gap = [...value].findIndex(Number.isNaN);
  expect(at[gap]).toBe(4321);
  expect(at[gap - 1]).toBe(4320);
});

test('nothing but gaps draws nothing', () => {
  expect(decimate(new Float32Array(1000).fill(Number.NaN), 10).at).toHaveLength(0);
});
