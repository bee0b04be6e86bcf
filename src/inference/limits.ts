import { type AnyCard, EcgError, isDelineator, type ModelCard, type ModelInput } from '../ecg';
import { cardOperations, costOf } from '../network';

/** The most that any model may ask for, some ten times and more of what the shipped ones do. */
const MOST = {
  blocks: 200,
  filters: 4096,
  parameters: 20e6,
  macs: 20e9,
  /** Numbers in one sequence: 256 MB. */
  largest: 64e6,
  labels: 400,
  seconds: 60,
  tokens: 1024,
} as const;

/**
 * Whether a card of the right form asks for more than this page gives, or for what cannot be: looked at before anything is allocated.
 *
 * @throws EcgError MODEL_INVALID with what was asked for and what the most is
 */
export function checkLimits(card: AnyCard): void {
  checkInput(card.input);
  if (isDelineator(card)) {
    const { levels, stem } = card.architecture;
    const blocks = levels.reduce((sum, { encoder, decoder }) => sum + encoder + decoder + 1, 0);
    within('blocks', blocks, 1, MOST.blocks);
    within('filters', Math.max(stem.filters, ...levels.map(({ filters }) => filters)), 1, MOST.filters);
  } else {
    checkClassifier(card);
  }
  const { samplingRateHz, lengths } = card.input;
  const cost = costOf(cardOperations(card), Math.max(...lengths) * samplingRateHz);
  for (const name of ['parameters', 'macs', 'largest'] as const) within(name, cost[name], 1, MOST[name]);
}

function checkClassifier({ architecture, labels }: ModelCard): void {
  const { stages, depth, width, stem, head, fusion, divisor } = architecture;
  const blocks = stages.reduce((sum, { repeats }) => sum + Math.ceil(repeats * depth), 0);
  within('blocks', blocks, 1, MOST.blocks);
  const widths = stages.map(({ filters, expand }) => filters * expand * Math.max(width, 1));
  within('filters', Math.max(stem.filters * width, head.filters, divisor, ...widths), 0, MOST.filters);
  within('stride', Math.max(stem.stride, ...stages.map(({ stride }) => stride)), 1, 16);
  const { width: tokens, heads, ageHidden, waves = 0, wavesHidden = 0 } = fusion;
  within('fusion', Math.max(tokens, ageHidden, waves, wavesHidden), 1, MOST.tokens);
  if (tokens % heads !== 0) throw beyond('heads', heads, `a divisor of ${tokens}`);
  within('labels', labels.length, 1, MOST.labels);
}

/** The filter and the resampler must be able to do what they are asked for. */
function checkInput({ samplingRateHz, lengths, trainedLengthS, contextS, filter, resampler, age, waves }: ModelInput) {
  within('samplingRateHz', samplingRateHz, 50, 1000);
  within('lengths', lengths.length, 1, 20);
  for (const [i, length] of lengths.entries()) within('lengths', length, (lengths[i - 1] ?? 0.5) + 0.1, MOST.seconds);
  within('trainedLengthS', trainedLengthS, 0.5, MOST.seconds);
  within('contextS', contextS, 0, MOST.seconds);
  within('filter.order', filter.order, 1, 8);
  within('filter.highHz', filter.highHz, filter.lowHz, samplingRateHz / 2);
  within('resampler.halfWidth', resampler.halfWidth, 1, 256);
  within('resampler.beta', resampler.beta, 0, 50);
  within('age.maxYears', age.maxYears, age.minYears, 150);
  within('waves.features', waves?.features.length ?? 0, 0, 100);
}

function within(where: string, found: number, least: number, most: number): void {
  // Written so that a number that is none is refused too.
  if (!(found >= least && found <= most)) throw beyond(where, found, `${least} to ${most}`);
}

function beyond(where: string, found: number, expected: string): EcgError {
  return new EcgError('MODEL_INVALID', 'This model cannot be used: it asks for more than this page gives a model.', {
    expected,
    found: String(found),
    where,
  });
}
