import type { Ecg, EcgLead, Lead, Measurements, Wave } from '../ecg';
import { median } from '../signal/median';
import type { Conduction } from './conduction';
import type { Beat } from './fiducials';
import { area, level } from './voltage';

type Axes = Pick<Measurements, 'pAxisDeg' | 'qrsAxisDeg' | 'tAxisDeg'>;

/** Below this share of net in absolute area a wave is isoelectric in the frontal plane, its axis indeterminate. */
const ISOELECTRIC = 0.1;
/** An augmented lead is shorter than a bipolar one by this (Einthoven's triangle with Goldberger's leads). */
const AUGMENTED = 2 / Math.sqrt(3);

/**
 * Mean electrical axes in the frontal plane, degrees, −180 exclusive to 180: the angle of the net areas in I and 2/√3 · aVF, medians
 * over the beats (Surawicz et al. 2009, AHA/ACCF/HRS, Part III; Novosel et al. 1999 on I and aVF). Null where a wave is isoelectric or absent, or
 * where the leads have no absolute voltage.
 */
export function axes(ecg: Ecg, normal: readonly Beat[], { hasP }: Conduction): Axes {
  const inMv = (name: Lead) => ecg.leads.find(({ lead, unit }) => lead === name && unit === 'mV');
  const [one, foot] = [inMv('I'), inMv('aVF')];
  if (!one || !foot) return { pAxisDeg: null, qrsAxisDeg: null, tAxisDeg: null };
  const axis = (wave: (beat: Beat) => Wave | null) => {
    const [x, y] = [one, foot].map((lead) => areas(lead, ecg.startS, normal, wave));
    return x && y ? angle(x.net, AUGMENTED * y.net, Math.hypot(x.absolute, AUGMENTED * y.absolute)) : null;
  };
  return {
    pAxisDeg: hasP ? axis(({ p }) => p) : null,
    qrsAxisDeg: axis(({ qrs }) => qrs),
    tAxisDeg: axis(({ t }) => t),
  };
}

/** Degrees from lead I clockwise, or null where too little is left of what there was. */
function angle(x: number, y: number, absolute: number): number | null {
  return Math.hypot(x, y) <= ISOELECTRIC * absolute ? null : (180 / Math.PI) * Math.atan2(y, x);
}

/** Median areas of a wave over the beats that have it: P against the level before it, QRS and T against that before the QRS. */
function areas(lead: EcgLead, startS: number, beats: readonly Beat[], wave: (beat: Beat) => Wave | null) {
  const found = beats.flatMap((beat) => {
    const taken = wave(beat);
    if (!taken) return [];
    const baseline = level(lead, (taken === beat.p ? beat.p : beat.qrs).onset - startS, 'before');
    return (baseline !== null && area(lead, taken.onset - startS, taken.offset - startS, baseline)) || [];
  });
  if (found.length === 0) return null;
  return { net: median(found.map(({ net }) => net)), absolute: median(found.map(({ absolute }) => absolute)) };
}
