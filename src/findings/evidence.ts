import { LEADS } from '../ecg';
import {
  against,
  alerted,
  beatsOf,
  blockedP,
  conductedP,
  cornell,
  fast,
  hint,
  incompleteQrs,
  irregular,
  type Judge,
  type Judged,
  leftAxis,
  longPr,
  longQrs,
  longQtc,
  type Measured,
  noPr,
  normalRate,
  onlyFor,
  pathologicalQ,
  rightAxis,
  shortPr,
  slow,
  sokolow,
  spikes,
  wideQrs,
} from './facts';

const ST = onlyFor(hint(alerted('ST_ELEVATION', 'ST_DEPRESSION', 'SGARBOSSA')));
const INFERIOR = ['II', 'III', 'aVF'] as const;
const ANTEROSEPTAL = ['V1', 'V2', 'V3', 'V4'] as const;
const VOLTAGE = [sokolow, cornell];
/** A normal ECG is one in which none of these is found. */
const ABNORMAL = [
  longPr,
  wideQrs,
  longQtc,
  alerted('ST_ELEVATION', 'ST_DEPRESSION', 'SGARBOSSA', 'AV_BLOCK_SUSPECTED', 'PAUSE', 'RATE_LOW', 'RATE_HIGH'),
].map((judge) => against(onlyFor(judge)));

/** What is looked at for each statement, by its SCP-ECG code; the first is what it is defined by. Sources stand beside the facts. */
const JUDGES: Readonly<Partial<Record<string, readonly Judge[]>>> = {
  NORM: ABNORMAL,
  SR: [conductedP, normalRate],
  AFIB: [against(conductedP), irregular],
  A: [against(conductedP), irregular],
  N: [conductedP],
  AFLT: [against(conductedP)],
  STACH: [fast, conductedP],
  SBRAD: [slow, conductedP],
  SARRH: [conductedP, hint(onlyFor(irregular))],
  PVC: [beatsOf('V')],
  PAC: [beatsOf('S')],
  PACE: [beatsOf('paced'), hint(spikes)],
  '1AVB': [longPr, noPr],
  LPR: [longPr, noPr],
  '2AVB': [blockedP],
  '3AVB': [blockedP],
  LAFB: [leftAxis],
  LPFB: [rightAxis],
  IRBBB: [incompleteQrs],
  CRBBB: [wideQrs],
  CLBBB: [wideQrs],
  IVCD: [longQrs],
  WPW: [shortPr, hint(longQrs)],
  CD: [onlyFor(wideQrs), hint(onlyFor(longPr)), hint(onlyFor(blockedP))],
  HYP: VOLTAGE.map(onlyFor),
  LVH: VOLTAGE,
  VCLVH: VOLTAGE,
  MI: [pathologicalQ(LEADS), ST],
  QWAVE: [pathologicalQ(LEADS)],
  IMI: [pathologicalQ(INFERIOR)],
  ASMI: [pathologicalQ(ANTEROSEPTAL)],
  STTC: [ST],
  LNGQT: [longQtc],
};

/** All that was measured for and against a statement; empty where nothing is known of it, or nothing was measured. */
export function evidenceOf(code: string, measured: Measured): readonly Judged[] {
  return (JUDGES[code] ?? []).flatMap((judge) => judge(measured) ?? []);
}
