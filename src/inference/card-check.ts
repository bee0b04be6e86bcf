import { type Schema, Validator } from '@cfworker/json-schema';
import headSchema from '../../public/models/head.schema.json';
import schema from '../../public/models/model.schema.json';
import type { AnyCard, HeadCard } from '../ecg';
import { fittingHead } from './head';
import { checkLimits } from './limits';
import { checkVersions, fittingCard, invalid } from './model';

/**
 * A model card that nothing is believed of: versions, form, limits and weights fit this build, or EcgError MODEL_INVALID. Takes a tenth of a
 * second and much code, so cards of the build itself do without it.
 */
export function checkCard(json: unknown): AnyCard {
  checkVersions(json);
  holdAgainst(schema as unknown as Schema, json);
  checkLimits(json as AnyCard);
  return fittingCard(json);
}

/** A head's card of this build's form, or EcgError MODEL_INVALID. */
export function checkHeadCard(json: unknown): HeadCard {
  const card = fittingHead(json);
  holdAgainst(headSchema as unknown as Schema, json);
  return card;
}

function holdAgainst(form: Schema, json: unknown): void {
  const { valid, errors } = new Validator(form, '2020-12').validate(json);
  const [error] = errors.slice(-1);
  if (valid) return;
  throw invalid({ found: error?.error ?? 'no match', where: `model.json ${error?.instanceLocation ?? ''}` });
}
