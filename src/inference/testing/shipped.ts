import { readFileSync } from 'node:fs';
import type { AnyCard, DelineatorCard } from '../../ecg';
import { checkCard, checkHeadCard } from '../card-check';
import { checkHead, type Head } from '../head';
import { assembleModel, isClassifierModel, isDelineatorModel, type Model } from '../model';

const folder = (id: string) => new URL(`../../../public/models/${id}/`, import.meta.url);

export async function shippedClassifier(id = 'efficientecg'): Promise<Model> {
  const model = await shipped(id);
  if (!isClassifierModel(model)) throw new Error(`${id} is no classifier.`);
  return model;
}

export async function shippedDelineator(): Promise<Model<DelineatorCard>> {
  const model = await shipped('delineator');
  if (!isDelineatorModel(model)) throw new Error('delineator is no delineator.');
  return model;
}

export async function shippedHead(id: string): Promise<Head> {
  const read = (path: string) => readFileSync(new URL(path, folder(id)));
  const card = checkHeadCard(JSON.parse(read('model.json').toString()));
  const files = new Map([['weights.bin', new Uint8Array(read('weights.bin'))]]);
  return checkHead(await assembleModel(card, files));
}

async function shipped(id: string): Promise<Model<AnyCard>> {
  const read = (path: string) => readFileSync(new URL(path, folder(id)));
  const card = checkCard(JSON.parse(read('model.json').toString()));
  const paths = card.weights.manifest.flatMap((group) => group.paths);
  return assembleModel(card, new Map(paths.map((path) => [path, new Uint8Array(read(path))])));
}
