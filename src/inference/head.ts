import type { HeadCard } from '../ecg';
import type { Weights } from '../network';
import { assembleFetched, fetchJson, invalid, type Model } from './model';

/** A small model over measured features, loaded and checked. */
export type Head = Model<HeadCard>;

/** Measured features by name; null, NaN or absent where one is not known. */
export type HeadFeatures = Readonly<Record<string, number | null>>;

const FORMAT_VERSION = 1;

/**
 * The head in the folder `<base>/<id>/`.
 *
 * @throws EcgError MODEL_UNAVAILABLE when it cannot be fetched, MODEL_INVALID when it is not what it should be
 */
export async function loadHead(base: string, id: string): Promise<Head> {
  const folder = `${base.replace(/\/$/, '')}/${id}/`;
  return checkHead(await assembleFetched(folder, fittingHead(await fetchJson(`${folder}model.json`))));
}

/** A head's card of this build's version, or EcgError MODEL_INVALID; its form is believed, as that of every card of the build. */
export function fittingHead(json: unknown): HeadCard {
  const found = (json as Partial<HeadCard> | null)?.formatVersion;
  if (found !== FORMAT_VERSION) {
    const detail = { expected: `formatVersion ${FORMAT_VERSION}`, found: String(found), where: 'model.json' };
    throw invalid(detail, 'This model was made for another version of this page.');
  }
  return json as HeadCard;
}

/** The weights are as many as the card's architecture asks for, and no tree leads out of them; or EcgError MODEL_INVALID. */
export function checkHead(head: Head): Head {
  const { card, weights } = head;
  for (const [name, count] of expected(card)) {
    const found = weights.get(name)?.length;
    if (found !== count) throw invalid({ expected: `${name}: ${count}`, found: String(found), where: 'weights' });
  }
  const nodes = weights.get('right')?.length ?? 0;
  const leadsOn = (right: number, node: number) =>
    weightOf(weights, 'feature', node) < 0 || (right > node && right < nodes);
  if (!(weights.get('right') ?? []).every(leadsOn))
    throw invalid({ found: 'a tree that leads nowhere', where: 'right' });
  return head;
}

/**
 * What the head makes of the features: the probability of each output, in the card's order. The same numbers as
 * `training/efficientecg/heads.py`.
 */
export function headProbabilities({ card, weights }: Head, features: HeadFeatures): readonly number[] {
  const given = card.features.map((name) => features[name] ?? Number.NaN);
  const raw = card.architecture.kind === 'dense' ? dense(card, weights, given) : trees(card, weights, given);
  if (raw.length === 1) return raw.map((z) => 1 / (1 + Math.exp(-z)));
  const greatest = Math.max(...raw);
  const odds = raw.map((z) => Math.exp(z - greatest));
  const sum = odds.reduce((a, b) => a + b, 0);
  return odds.map((v) => v / sum);
}

/** The place of the output that is called: the greatest logarithm of a probability with the output's offset. */
export function called({ card }: Head, probabilities: readonly number[]): number {
  const scores = card.outputs.map(({ offset }, n) => Math.log(Math.max(probabilities[n] ?? 0, 1e-12)) + offset);
  return scores.indexOf(Math.max(...scores));
}

function dense({ architecture, outputs }: HeadCard, weights: Weights, given: readonly number[]): readonly number[] {
  const { limit, hidden } = architecture as Extract<HeadCard['architecture'], { kind: 'dense' }>;
  let layer = given.map((value, n) => {
    const scaled = (value - weightOf(weights, 'input.offset', n)) / weightOf(weights, 'input.scale', n);
    return Number.isFinite(scaled) ? Math.min(Math.max(scaled, -limit), limit) : 0;
  });
  [...hidden, outputs.length].forEach((width, i) => {
    const isLast = i === hidden.length;
    layer = Array.from({ length: width }, (_, out) => {
      const bias = weightOf(weights, `layer${i}.bias`, out);
      const sum = layer.reduce((z, v, n) => z + v * weightOf(weights, `layer${i}.kernel`, n * width + out), bias);
      return isLast ? sum : Math.max(0, sum);
    });
  });
  return layer;
}

function trees({ outputs }: HeadCard, weights: Weights, given: readonly number[]): readonly number[] {
  const raw = outputs.map((_, n) => weightOf(weights, 'base', n));
  (weights.get('start') ?? []).forEach((root, tree) => {
    let node = root;
    for (;;) {
      const [feature, value] = [weightOf(weights, 'feature', node), weightOf(weights, 'value', node)];
      if (feature < 0) {
        const place = tree % raw.length;
        raw[place] = (raw[place] ?? 0) + value;
        return;
      }
      const found = Math.fround(given[feature] ?? Number.NaN);
      const goesOn = Number.isNaN(found) ? weightOf(weights, 'unknown', node) === 1 : found <= value;
      node = goesOn ? node + 1 : weightOf(weights, 'right', node);
    }
  });
  return raw;
}

const weightOf = (weights: Weights, name: string, place: number) => weights.get(name)?.[place] ?? Number.NaN;

function expected({ architecture, features, outputs }: HeadCard): readonly (readonly [string, number])[] {
  if (architecture.kind === 'trees') {
    const ofNodes = ['feature', 'value', 'right', 'unknown'].map((name) => [name, architecture.nodes] as const);
    return [['base', outputs.length], ['start', architecture.trees], ...ofNodes];
  }
  const widths = [features.length, ...architecture.hidden, outputs.length];
  const layers = widths
    .slice(1)
    .flatMap((width, i) => [
      [`layer${i}.kernel`, (widths[i] ?? 0) * width] as const,
      [`layer${i}.bias`, width] as const,
    ]);
  return [['input.offset', features.length], ['input.scale', features.length], ...layers];
}
