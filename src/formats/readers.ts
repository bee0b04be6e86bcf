import { aecg } from './aecg';
import { alivecorAtc } from './alivecor';
import { json } from './arrays/json';
import { numpy } from './arrays/numpy';
import { cardiosoft } from './cardiosoft';
import { csv } from './csv';
import { dicom } from './dicom';
import { edf } from './edf';
import { fhir } from './fhir';
import { foreign } from './foreign';
import { ishne } from './ishne';
import { mfer } from './mfer';
import { mortara } from './mortara';
import { museXml } from './muse';
import { museText } from './muse-text';
import { philips } from './philips';
import type { Reader } from './reader';
import { schiller } from './schiller';
import { scp } from './scp';

/** The table of readers: each takes what it knows and leaves the rest to the next. A new format is one more line. */
export const READERS: readonly Reader[] = [
  edf,
  dicom,
  museXml,
  scp,
  aecg,
  ishne,
  alivecorAtc,
  mfer,
  philips,
  schiller,
  cardiosoft,
  mortara,
  museText,
  fhir,
  json,
  numpy,
  foreign,
  csv,
];
