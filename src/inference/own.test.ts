import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EcgError, type ModelCard } from '../ecg';
import { type OwnFile, readOwnModel } from './own';

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../public/models/efficientecg/${name}`, import.meta.url)));

const CARD = JSON.parse(new TextDecoder().decode(read('model.json'))) as ModelCard;
const WEIGHTS = read('weights.bin');

const file = (name: string, bytes: Uint8Array<ArrayBuffer>, size = bytes.length): OwnFile => ({
  name,
  size,
  read: async () => bytes,
});

const json = (text: string) => file('model.json', new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The reader's model with a change to its card, and weights that the card vouches for. */
function model(change: (card: ModelCard) => object, weights = WEIGHTS): OwnFile[] {
  const card = { ...CARD, weights: { ...CARD.weights, sha256: { 'weights.bin': sha256(weights) } } };
  return [json(JSON.stringify(change(card))), file('weights.bin', weights)];
}

const same = (card: ModelCard) => card;
const architecture = (change: object) => (card: ModelCard) => ({
  ...card,
  architecture: { ...card.architecture, ...change },
});
const input = (change: object) => (card: ModelCard) => ({ ...card, input: { ...card.input, ...change } });
const label = (change: object) => (card: ModelCard) => ({
  ...card,
  labels: card.labels.map((one, i) => (i === 0 ? { ...one, ...change } : one)),
});
const weights = (change: object) => (card: ModelCard) => ({ ...card, weights: { ...card.weights, ...change } });
/** The card as text with something put into its outermost object that an object literal cannot say. */
const text = (put: string) => [json(JSON.stringify(CARD).replace(/^\{/, `{${put},`)), file('weights.bin', WEIGHTS)];

function withNumber(bits: number): Uint8Array<ArrayBuffer> {
  const changed = WEIGHTS.slice();
  new DataView(changed.buffer).setUint16(2000, bits, true);
  return changed;
}

test('a model of the same form is taken, with its own card', async () => {
  const own = await readOwnModel(model((card) => ({ ...card, id: 'mine', name: 'Mine', version: '9.9.9' })));
  expect([own.card.id, own.card.name]).toEqual(['mine', 'Mine']);
  expect(own.weights.get('stem.kernel')?.some((weight) => weight !== 0)).toBe(true);
});

const [stage] = CARD.architecture.stages;
const [group] = CARD.weights.manifest;
const nested = `"a":${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each<[string, () => readonly OwnFile[], RegExp]>([
  ['no card', () => [file('weights.bin', WEIGHTS)], /no model\.json/],
  ['no JSON', () => [json('<!doctype html>')], /cannot be used/],
  ['a card of gigabytes', () => [file('model.json', new Uint8Array(1), 2 ** 32)], /too large/],
  ['a field more', () => model((card) => ({ ...card, run: 'me' })), /cannot be used/],
  ['__proto__', () => text('"__proto__":{"polluted":true}'), /none of a model/],
  ['constructor deep inside', () => model(weights({ sha256: { constructor: 'a' } })), /none of a model/],
  ['a number that is none', () => text('"x":1e999'), /not finite/],
  ['a hundred thousand arrays in one another', () => text(nested), /nested too deeply|cannot be used/],
  ['markup in a statement', () => model(label({ label: '<img src=x onerror=alert(1)>' })), /markup/],
  ['markup in its name', () => model((card) => ({ ...card, name: 'x</script>' })), /markup/],
  ['a text that turns the writing', () => model(label({ label: 'normal \u202e lamron' })), /markup/],
  ['a book for a name', () => model((card) => ({ ...card, name: 'x'.repeat(5000) })), /too long/],
  ['a code twice', () => model(label({ code: CARD.labels[1]?.code })), /twice/],
  ['a code that is a key of every object', () => model(label({ code: '__proto__' })), /no code/],
  ['a formula for a code', () => model(label({ code: '=1+1' })), /no code/],
  [
    'weights on the network',
    () => model(weights({ manifest: [{ ...group, paths: ['https://example.org/w'] }] })),
    /cannot/,
  ],
  [
    'weights outside its folder',
    () => model(weights({ manifest: [{ ...group, paths: ['../weights.bin'] }] })),
    /cannot/,
  ],
  ['no weights', () => model(same).slice(0, 1), /missing/],
  ['other weights', () => [...model(same).slice(0, 1), file('weights.bin', withNumber(0))], /not those/],
  ['fewer weights', () => [...model(same).slice(0, 1), file('weights.bin', WEIGHTS.slice(2))], /not those/],
  ['no hash', () => model(weights({ sha256: {} })), /not those/],
  ['weights of gigabytes', () => [...model(same).slice(0, 1), file('weights.bin', WEIGHTS, 2 ** 32)], /too large/],
  ['a weight that is no number', () => model(same, withNumber(0x7e00)), /not those/],
  ['an infinite weight', () => model(same, withNumber(0x7c00)), /not those/],
  ['a million blocks', () => model(architecture({ depth: 1e6 })), /asks for more/],
  ['a block a million times', () => model(architecture({ stages: [{ ...stage, repeats: 1e9 }] })), /asks for more/],
  ['filters beyond memory', () => model(architecture({ width: 1e9 })), /asks for more/],
  [
    'heads that do not divide',
    () => model(architecture({ fusion: { ...CARD.architecture.fusion, heads: 7 } })),
    /asks/,
  ],
  ['a million samples a second', () => model(input({ samplingRateHz: 1e6 })), /asks for more/],
  ['a window of a year', () => model(input({ lengths: [10, 3e7] })), /asks for more/],
  ['windows out of order', () => model(input({ lengths: [10, 5] })), /asks for more/],
  ['a filter of order 1000', () => model(input({ filter: { ...CARD.input.filter, order: 1000 } })), /asks for more/],
  ['a filter beyond its rate', () => model(input({ filter: { ...CARD.input.filter, highHz: 200 } })), /asks for more/],
  ['a resampler without end', () => model(input({ resampler: { ...CARD.input.resampler, halfWidth: 1e9 } })), /asks/],
  ['shapes that are not its own', () => model(architecture({ head: { filters: 513 } })), /cannot be used/],
  ['five hundred statements', () => model((card) => ({ ...card, labels: Array(500).fill(card.labels[0]) })), /asks/],
])('with %s it is refused in one sentence', async (_, files, message) => {
  const thrown = await readOwnModel(files()).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(EcgError);
  expect(thrown).toMatchObject({ code: 'MODEL_INVALID', message: expect.stringMatching(message) });
  expect((thrown as EcgError).message).toMatch(/^[^.]+(\.json)?[^.]*\.$/);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a delineator is no model that makes statements', async () => {
  const folder = new URL('../../public/models/delineator/', import.meta.url);
  const files = ['model.json', 'weights.bin'].map((name) =>
    file(name, new Uint8Array(readFileSync(new URL(name, folder)))),
  );
  await expect(readOwnModel(files)).rejects.toThrow('only a network that makes statements');
});
