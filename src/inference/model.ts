import { type AnyCard, type DelineatorCard, EcgError, type ErrorDetail, isDelineator, type ModelCard } from '../ecg';
import { allFinite, cardOperations, type Weights, weightShapes } from '../network';
import { fetchSealed } from '../release/sealed';
import { float16ToFloat32 } from './float16';

/** What every card says of its weights. */
type Weighted = Pick<AnyCard, 'weights'>;

/** A model that was loaded, checked and can run on any backend. */
export interface Model<C extends Weighted = ModelCard> {
  readonly card: C;
  readonly weights: Weights;
}

const FORMAT_VERSION = 1;
/** Of the wave features (src/waves/features.ts) that this build measures. A card says 0 where its network takes none. */
const FEATURES_VERSION = 1;

const loads = new Map<string, Promise<Model<AnyCard>>>();

/**
 * The classifier in the folder `<base>/<id>/`. Loaded once; after a failure the next call tries again.
 *
 * @param base address of the models' folder, of this page's own origin; a relative one counts from the worker's script
 * @throws EcgError MODEL_UNAVAILABLE when it cannot be fetched, MODEL_INVALID when it is not what it should be
 */
export async function loadModel(base: string, id: string): Promise<Model> {
  const model = await load(base, id);
  if (!isClassifierModel(model)) throw wrongKind(model, 'efficientnet-1d-cross-attention');
  return model;
}

/** The delineator in a folder of that form, as {@link loadModel}. */
export async function loadDelineator(base: string, id: string): Promise<Model<DelineatorCard>> {
  const model = await load(base, id);
  if (!isDelineatorModel(model)) throw wrongKind(model, 'unet-1d');
  return model;
}

export function isDelineatorModel(model: Model<AnyCard>): model is Model<DelineatorCard> {
  return isDelineator(model.card);
}

export function isClassifierModel(model: Model<AnyCard>): model is Model {
  return !isDelineator(model.card);
}

function load(base: string, id: string): Promise<Model<AnyCard>> {
  const folder = `${base.replace(/\/$/, '')}/${id}/`;
  const running = loads.get(folder);
  if (running) return running;
  const started = fetchModel(folder);
  loads.set(folder, started);
  started.catch(() => loads.delete(folder));
  return started;
}

async function fetchModel(folder: string): Promise<Model<AnyCard>> {
  return assembleFetched(folder, fittingCard(await fetchJson(`${folder}model.json`)));
}

/** The model of a card that fits, in a folder. @throws EcgError as {@link assembleModel} */
export async function assembleFetched<C extends Weighted>(folder: string, card: C): Promise<Model<C>> {
  const files = await Promise.all(
    card.weights.manifest
      .flatMap(({ paths }) => paths)
      .map(async (path) => [path, await fetchBytes(folder + path)] as const),
  );
  return assembleModel(card, new Map(files));
}

/** Of a file of this build. @throws EcgError MODEL_UNAVAILABLE, MODEL_INVALID where it is no JSON */
export async function fetchJson(url: string): Promise<unknown> {
  return parse(await fetchBytes(url));
}

async function fetchBytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await fetchSealed(url));
  } catch (thrown) {
    if (thrown instanceof EcgError) throw thrown;
    throw new EcgError('MODEL_UNAVAILABLE', 'The model could not be loaded: check the connection and try again.', {
      where: url,
      found: String(thrown),
    });
  }
}

/** The JSON of a card; @throws EcgError MODEL_INVALID when it is none */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (thrown) {
    throw invalid({ expected: 'JSON', found: String(thrown), where: 'model.json' });
  }
}

/**
 * A card whose versions and weights fit this build, or EcgError MODEL_INVALID. Its form is believed: a card of the build is compared with the
 * manifest, and the tests hold it against the schema; any other card goes through {@link ./card-check}.
 */
export function fittingCard(json: unknown): AnyCard {
  checkVersions(json);
  const card = json as AnyCard;
  checkWaves(card);
  checkManifest(card);
  return card;
}

/** Throws EcgError MODEL_INVALID. */
export function checkVersions(json: unknown): void {
  const versions = json as Partial<AnyCard> | null;
  for (const [name, expected] of [
    ['formatVersion', FORMAT_VERSION],
    ['featuresVersion', versions?.featuresVersion === 0 ? 0 : FEATURES_VERSION],
  ] as const) {
    const found = versions?.[name];
    if (found !== expected) {
      const detail = { expected: `${name} ${expected}`, found: String(found), where: 'model.json' };
      throw invalid(detail, 'This model was made for another version of this page.');
    }
  }
}

/** Version, token and list of the wave features must tell the same. */
function checkWaves({ architecture, featuresVersion, input }: AnyCard): void {
  const asked = architecture.kind === 'unet-1d' ? 0 : (architecture.fusion.waves ?? 0);
  const token = architecture.kind !== 'unet-1d' && architecture.fusion.tokens.includes('waves');
  const listed = input.waves?.features.length ?? 0;
  if (asked !== listed || token !== listed > 0 || featuresVersion > 0 !== token) {
    throw invalid({ expected: `${asked} wave features`, found: `${listed}`, where: 'input.waves' });
  }
}

function checkManifest(card: AnyCard): void {
  const listed = card.weights.manifest.flatMap((group) => group.weights);
  const shapes = weightShapes(cardOperations(card));
  for (const [name, shape] of shapes) {
    const found = listed.find((weight) => weight.name === name)?.shape;
    if (found?.join() !== shape.join()) {
      throw invalid({
        expected: `${name} [${shape}]`,
        found: found ? `[${found}]` : 'none',
        where: 'weights.manifest',
      });
    }
  }
  const stranger = listed.find(({ name }) => !shapes.has(name));
  if (stranger) throw invalid({ found: `${stranger.name}, which the architecture has not`, where: 'weights.manifest' });
}

/**
 * The model of a card that was checked and the files that its manifest names.
 *
 * @throws EcgError MODEL_INVALID when a file's hash or length is not the card's, or a weight is not finite
 */
export async function assembleModel<C extends Weighted>(
  card: C,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Model<C>> {
  const weights = new Map<string, Float32Array<ArrayBuffer>>();
  const hashes = new Map(Object.entries(card.weights.sha256));
  for (const { paths, weights: listed } of card.weights.manifest) {
    const bytes = await Promise.all(paths.map((path) => checkHash(path, files.get(path), hashes.get(path))));
    const all = joined(bytes);
    for (const { name, shape, quantization, offset } of listed) {
      const count = shape.reduce((product, size) => product * size, 1);
      const end = offset + count * (quantization ? 2 : 4);
      if (end > all.length) throw invalid({ expected: `${end} bytes`, found: `${all.length}`, where: name });
      const part = all.slice(offset, end);
      const numbers = quantization ? float16ToFloat32(part) : new Float32Array(part.buffer);
      if (!allFinite(numbers)) throw invalid({ expected: 'finite numbers', where: name });
      weights.set(name, numbers);
    }
  }
  return { card, weights };
}

async function checkHash(path: string, bytes: Uint8Array<ArrayBuffer> | undefined, expected = 'a SHA-256') {
  if (!bytes) throw invalid({ expected: path, found: 'no such file' });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== expected.toLowerCase()) {
    throw invalid({ expected, found, where: path }, 'The model is damaged: load the page again.');
  }
  return bytes;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function wrongKind({ card }: Model<AnyCard>, expected: AnyCard['architecture']['kind']): EcgError {
  return invalid({ expected, found: card.architecture.kind, where: 'model.json /architecture/kind' });
}

export function invalid(
  detail: ErrorDetail,
  message = 'This model cannot be used: its description is not what this page expects.',
) {
  return new EcgError('MODEL_INVALID', message, detail);
}
