import { type AnyCard, EcgError, type ErrorDetail } from '../ecg';
import { checkCard } from './card-check';
import { assembleModel, isClassifierModel, type Model, parse } from './model';

/** A file of a model that the reader brought: bytes on demand, by its name in the model's folder. */
export interface OwnFile {
  readonly name: string;
  readonly size: number;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** The largest description and the largest weights that are read at all, bytes. */
const MAX_CARD_BYTES = 4 * 2 ** 20;
const MAX_WEIGHTS_BYTES = 64 * 2 ** 20;

/** Names that mean something to JavaScript itself and never a thing of a model. */
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'];

/** The longest text of a card. */
const MAX_TEXT = 2000;

/** Twice as deep as the form goes. */
const MAX_DEPTH = 16;

/**
 * A model that the reader brought, from files that nothing is believed of: its form, its numbers, its texts, what it asks for, its files
 * and their hashes are looked at in this order, each before the next costs anything. Nothing is fetched, whatever the card names.
 *
 * @throws EcgError MODEL_INVALID with one sentence that says what is wrong
 */
export async function readOwnModel(files: readonly OwnFile[]): Promise<Model> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const description = byName.get('model.json');
  if (!description) throw refused('This model was refused: there is no model.json.', {});
  if (description.size > MAX_CARD_BYTES) {
    const detail = { expected: `at most ${MAX_CARD_BYTES} bytes`, found: `${description.size}`, where: 'model.json' };
    throw refused('This model was refused: its model.json is too large.', detail);
  }
  const json = parse(await description.read());
  checkValues(json, 'model.json');
  const card = checkCard(json);
  checkLabels(card);
  const model = await assembleModel(card, await weightsOf(card, byName)).catch((thrown: unknown) => {
    if (!(thrown instanceof EcgError)) throw thrown;
    throw refused('This model was refused: its weights are not those that its model.json describes.', thrown.detail);
  });
  if (!isClassifierModel(model)) {
    throw refused('This model was refused: it is a delineator, and only a network that makes statements is taken.', {});
  }
  return model;
}

async function weightsOf({ weights }: AnyCard, files: ReadonlyMap<string, OwnFile>) {
  const named = [...new Set(weights.manifest.flatMap(({ paths }) => paths))];
  const found = named.map((path) => {
    const file = files.get(path);
    if (!file) throw refused('This model was refused: a file of its weights is missing.', { expected: path });
    return file;
  });
  const bytes = found.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MAX_WEIGHTS_BYTES) {
    const detail = { expected: `at most ${MAX_WEIGHTS_BYTES} bytes`, found: `${bytes}`, where: named.join(' ') };
    throw refused('This model was refused: its weights are too large.', detail);
  }
  if (bytes !== weights.bytes) {
    const detail = { expected: `${weights.bytes} bytes`, found: `${bytes}`, where: named.join(' ') };
    throw refused('This model was refused: its weights are not those that its model.json describes.', detail);
  }
  return new Map(await Promise.all(found.map(async (file) => [file.name, await file.read()] as const)));
}

/** No key that reaches into JavaScript, no number that is none, no text that could be markup or steer a terminal. */
function checkValues(value: unknown, where: string, depth = 0): void {
  if (depth > MAX_DEPTH) {
    throw refused('This model was refused: its description is nested too deeply.', { where: where.slice(0, 200) });
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw refused('This model was refused: a number of its description is not finite.', { where });
  }
  if (typeof value === 'string') {
    const bad = value.length > MAX_TEXT ? `${value.length} characters` : UNSAFE_TEXT.exec(value)?.[0];
    if (bad === undefined) return;
    throw refused('This model was refused: a text of its description holds markup or is too long.', {
      found: JSON.stringify(bad),
      where,
    });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.includes(key)) {
      throw refused('This model was refused: its description holds a name that is none of a model.', {
        found: key,
        where,
      });
    }
    checkValues((value as Record<string, unknown>)[key], `${where}/${key}`, depth + 1);
  }
}

/** Markup, control characters, and what turns the direction of writing. */
const UNSAFE_TEXT = /<[a-z!/?]|[\p{Cc}\u2028-\u202e\u2066-\u2069]/iu;

/** A code is a key in every export. */
const CODE = /^[A-Za-z0-9_+/().-]{1,32}$/;

function checkLabels(card: AnyCard): void {
  if (!('labels' in card)) return;
  const codes = card.labels.map(({ code }) => code);
  const wrong = codes.find((code, i) => !CODE.test(code) || FORBIDDEN_KEYS.includes(code) || codes.indexOf(code) !== i);
  if (wrong === undefined) return;
  throw refused('This model was refused: a code of its statements is used twice or is no code.', { found: wrong });
}

function refused(message: string, detail: ErrorDetail): EcgError {
  return new EcgError('MODEL_INVALID', message, detail);
}
