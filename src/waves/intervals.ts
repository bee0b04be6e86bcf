import type { Measurements } from '../ecg';
import { median } from '../signal/median';
import type { Conduction } from './conduction';
import { beatsToMeasure, type Mark } from './edited';
import type { Beat } from './fiducials';
import { qtc, wideQrsQt } from './qtc';
import type { RrStatistics } from './rr';

type Intervals = Pick<Measurements, 'pMs' | 'prMs' | 'qrsMs' | 'qtMs' | 'qtcMs' | 'wideQrsQt'>;

/**
 * Intervals over all leads, ms: medians over the beats of the dominant shape (Kligfield et al. 2007, AHA/ACCF/HRS, Part I: global
 * intervals from the earliest onset to the latest offset). QT ends with the T wave, without U.
 *
 * P and PR only where every P has its QRS. In atrial fibrillation, irregular without P, QT and RR are means (Rautaharju et al. 2009, Part
 * IV): QT follows the RR before it.
 *
 * Where the reader set one of an interval's marks, it is measured on the beats where that was done, and on no other.
 */
export function intervals(normal: readonly Beat[], { oneToOne, hasP }: Conduction, rr: RrStatistics): Intervals {
  const fibrillating = rr.regularity === 'irregular' && !oneToOne;
  const middle = fibrillating ? mean : median;
  const ms = (
    boundaries: readonly Mark[],
    interval: (beat: Beat) => number | null,
    average: typeof median = median,
  ) => {
    const measurable = normal.filter((beat) => interval(beat) !== null);
    const { beats, enough } = beatsToMeasure(measurable, boundaries);
    const values = beats.flatMap((beat) => interval(beat) ?? []);
    return values.length >= enough ? 1000 * average(values) : null;
  };
  const qtMs = ms(['qrs.onset', 't.offset'], ({ qrs, t }) => t && t.offset - qrs.onset, middle);
  const rrMs = fibrillating ? rr.meanRrMs : rr.medianRrMs;
  const qrsMs = ms(['qrs.onset', 'qrs.offset'], ({ qrs }) => qrs.offset - qrs.onset);
  return {
    pMs: hasP ? ms(['p.onset', 'p.offset'], ({ p }) => p && p.offset - p.onset) : null,
    prMs: oneToOne ? ms(['p.onset', 'qrs.onset'], ({ p, qrs }) => p && qrs.onset - p.onset) : null,
    qrsMs,
    qtMs,
    qtcMs: qtMs !== null && rrMs !== null ? qtc(qtMs, rrMs) : NO_QTC,
    wideQrsQt: qtMs !== null && qrsMs !== null && rrMs !== null ? wideQrsQt(qtMs, qrsMs, rrMs) : null,
  };
}

const NO_QTC = { bazett: null, fridericia: null, framingham: null, hodges: null };

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
