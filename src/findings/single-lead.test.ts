import { expect, it } from 'vitest';
import type { HeadCard } from '../ecg';
import { singleLeadFindings } from './single-lead';

const outputs = ['N', 'A', 'O', '~'].map((code) => ({ code, label: code, snomed: null, offset: 0, threshold: null }));
const card = { outputs } as unknown as HeadCard;
const statuses = (probabilities: readonly number[]) =>
  singleLeadFindings(card, { probabilities }, null).map(({ status }) => status);

it('states the likeliest class, whose threshold is the likeliest other one', () => {
  expect(statuses([0.2, 0.45, 0.3, 0.05])).toEqual(['absent', 'present', 'absent', 'absent']);
  for (const { probability, threshold, status } of singleLeadFindings(
    card,
    { probabilities: [0.2, 0.45, 0.3, 0.05] },
    null,
  )) {
    expect(status === 'present').toBe((probability ?? 0) >= threshold);
  }
});

it('assesses no rhythm in noise, and says why', () => {
  expect(statuses([0.3, 0.1, 0.1, 0.5])).toEqual(['notAssessed', 'notAssessed', 'notAssessed', 'present']);
  const [normal] = singleLeadFindings(card, { probabilities: [0.3, 0.1, 0.1, 0.5] }, null);
  expect(normal).toMatchObject({ probability: null, reason: 'the lead is too noisy' });
});

it('says nothing of children, or where the head was not asked', () => {
  const [child] = singleLeadFindings(card, { probabilities: [0.9, 0, 0.1, 0] }, { text: 'trained on adults' });
  expect(child).toMatchObject({ status: 'notAssessed', reason: 'trained on adults' });
  const [long] = singleLeadFindings(card, { reason: { text: 'too long' } }, null);
  expect(long).toMatchObject({ status: 'notAssessed', reason: 'too long', probability: null });
});
