import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { type DelineatorCard, EcgError, type ModelCard } from '../ecg';
import { checkCard } from './card-check';
import { float16ToFloat32 } from './float16';
import { loadDelineator, loadModel } from './model';

const FOLDER = new URL('../../public/models/efficientecg/', import.meta.url);
const CARD = JSON.parse(readFileSync(new URL('model.json', FOLDER), 'utf8')) as ModelCard;

const DELINEATOR_FOLDER = new URL('../../public/models/delineator/', import.meta.url);
const DELINEATOR = JSON.parse(readFileSync(new URL('model.json', DELINEATOR_FOLDER), 'utf8')) as DelineatorCard;

/** Answers the fetches of a model's files; a file may be replaced or be missing. */
function serveFiles(replaced: Record<string, Uint8Array<ArrayBuffer> | null> = {}, folder = FOLDER) {
  const fetched = vi.fn(async (url: string) => {
    const name = url.split('/').at(-1) ?? '';
    const bytes = name in replaced ? replaced[name] : new Uint8Array(readFileSync(new URL(name, folder)));
    return bytes ? new Response(bytes) : new Response(null, { status: 404 });
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof EcgError ? thrown.code : String(thrown)),
  );

test('loads the shipped model once, from relative addresses', async () => {
  const fetched = serveFiles();
  const model = await loadModel('models/', 'efficientecg');
  expect(await loadModel('models', 'efficientecg')).toBe(model);
  expect(fetched.mock.calls.map(([url]) => url)).toEqual([
    'models/efficientecg/model.json',
    'models/efficientecg/weights.bin',
  ]);
  expect(model.weights.get('stem.kernel')?.every(Number.isFinite)).toBe(true);
});

test('a failure is forgotten: the next call tries again', async () => {
  serveFiles({ 'weights.bin': null });
  expect(await codeOf(loadModel('again', 'efficientecg'))).toBe('MODEL_UNAVAILABLE');
  serveFiles();
  expect((await loadModel('again', 'efficientecg')).card.id).toBe('efficientecg');
});

test('one flipped bit, a cut file or a page in place of JSON is refused', async () => {
  const weights = new Uint8Array(readFileSync(new URL('weights.bin', FOLDER)));
  const flipped = weights.slice();
  flipped[1000] = (flipped[1000] ?? 0) ^ 1;
  for (const [i, bytes] of [flipped, weights.slice(0, -2)].entries()) {
    serveFiles({ 'weights.bin': bytes });
    expect(await codeOf(loadModel(`damaged${i}`, 'efficientecg'))).toBe('MODEL_INVALID');
  }
  serveFiles({ 'model.json': new TextEncoder().encode('<!doctype html>') as Uint8Array<ArrayBuffer> });
  expect(await codeOf(loadModel('page', 'efficientecg'))).toBe('MODEL_INVALID');
});

test.each([
  ['another form', { ...CARD, formatVersion: 2 }, /another version/],
  ['features of a version that this build does not measure', { ...CARD, featuresVersion: 2 }, /another version/],
  [
    'a features version that its network contradicts',
    { ...CARD, featuresVersion: 1 - CARD.featuresVersion },
    /cannot be used/,
  ],
  ['a field that is not in the schema', { ...CARD, surprise: 1 }, /cannot be used/],
  [
    'a wider network than its weights',
    { ...CARD, architecture: { ...CARD.architecture, width: 0.75 } },
    /cannot be used/,
  ],
  ['one label fewer', { ...CARD, labels: CARD.labels.slice(1) }, /cannot be used/],
  ['nothing', null, /another version/],
])('a card with %s is refused', (_, card, message) => {
  expect(() => checkCard(JSON.parse(new TextDecoder().decode(json(card))))).toThrow(message);
});

test('loads the shipped delineator, and neither kind of model as the other', async () => {
  serveFiles({}, DELINEATOR_FOLDER);
  const model = await loadDelineator('models', 'delineator');
  expect(model.weights.get('logits.kernel')?.every(Number.isFinite)).toBe(true);
  expect(await codeOf(loadModel('models', 'delineator'))).toBe('MODEL_INVALID');
  serveFiles();
  expect(await codeOf(loadDelineator('models', 'efficientecg'))).toBe('MODEL_INVALID');
});

const [top, ...lower] = DELINEATOR.architecture.levels;

test.each([
  ['wider levels than its weights', { levels: [{ ...top, filters: 99 }, ...lower] }],
  ['a level fewer', { levels: lower }],
  ['other classes', { classes: ['none', 'QRS'] }],
  ['an even kernel', { stem: { ...DELINEATOR.architecture.stem, kernel: 8 } }],
])("a delineator's card with %s is refused", (_, change) => {
  const card = { ...DELINEATOR, architecture: { ...DELINEATOR.architecture, ...change } };
  expect(() => checkCard(JSON.parse(JSON.stringify(card)))).toThrow(/cannot be used/);
});

test('half precision is read exactly', () => {
  const bits = [0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x3555, 0x7c00, 0xfc00];
  const wanted = [0, -0, 1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, 0.333251953125, Infinity, -Infinity];
  expect([...float16ToFloat32(new Uint8Array(Uint16Array.from(bits).buffer))]).toEqual(wanted);
  expect(float16ToFloat32(new Uint8Array([0x01, 0x7e]))[0]).toBeNaN();
});
