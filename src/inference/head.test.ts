import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EcgError, type HeadCard } from '../ecg';
import { checkHeadCard } from './card-check';
import { checkHead, headProbabilities } from './head';
import { shippedHead } from './testing/shipped';

interface Golden {
  readonly sha256: string;
  readonly features: readonly (readonly (number | null)[])[];
  readonly probabilities: readonly (readonly number[])[];
}

const HEADS = ['quality', 'rhythm'];

describe.each(HEADS)('the head %s', (id) => {
  it('gives the numbers that Python gives', async () => {
    const head = await shippedHead(id);
    const golden: Golden = JSON.parse(readFileSync(`src/inference/golden-heads/${id}.json`, 'utf8'));
    expect(golden.sha256).toBe(head.card.weights.sha256['weights.bin']);
    golden.features.forEach((values, row) => {
      const features = Object.fromEntries(head.card.features.map((name, n) => [name, values[n] ?? null]));
      headProbabilities(head, features).forEach((found, n) => {
        expect(found).toBeCloseTo(golden.probabilities[row]?.[n] ?? Number.NaN, 6);
      });
    });
  });

  it('is refused with a weight too few, or in another form', async () => {
    const { card, weights } = await shippedHead(id);
    const [name = '', values = new Float32Array()] = [...weights][0] ?? [];
    const short = new Map(weights).set(name, values.slice(1));
    expect(() => checkHead({ card, weights: short })).toThrow(EcgError);
    expect(() => checkHeadCard({ ...card, formatVersion: 2 })).toThrow(EcgError);
    expect(() => checkHeadCard({ ...card, features: [] })).toThrow(EcgError);
  });
});

it('does not follow a tree that leads back', async () => {
  const { card } = await shippedHead('quality');
  const architecture = { kind: 'trees', trees: 1, nodes: 3 } as const;
  const looped: HeadCard = { ...card, architecture };
  const weights = new Map(
    Object.entries({
      base: [0],
      start: [0],
      feature: [0, -1, -1],
      value: [0, 1, 2],
      right: [0, 0, 0],
      unknown: [0, 0, 0],
    }).map(([name, values]) => [name, Float32Array.from(values)] as const),
  );
  expect(() => checkHead({ card: looped, weights })).toThrow(EcgError);
});
