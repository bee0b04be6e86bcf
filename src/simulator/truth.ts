import { LEADS, type Lead, type LeadWaves, type Wave } from '../ecg';
import { addEvent, type DipoleEvent, type DipoleTrack, emptyTrack, PROJECTION, REACH, type WaveName } from './dipole';

/**
 * A wave begins and ends where it, alone, leaves and re-enters this share of its peak in the lead, and at least `VISIBLE_MV`.
 * The boundary of a Gaussian is a convention: at 4 % it lies 2.5 standard deviations out, where a reader with a 10 mm/mV paper puts it.
 */
const BOUNDARY_SHARE = 0.04;
const VISIBLE_MV = 0.01;
/** Waves lower than this in a lead are isoelectric there and have no marks. */
const ISOELECTRIC_MV = 0.025;
const STEP_S = 0.001;

const NAMES = ['p', 'qrs', 't'] as const satisfies readonly WaveName[];

/** Known fiducial points of one beat: per lead, and over all leads (earliest onset, latest offset, the tallest lead's peak). */
export interface BeatWaves {
  readonly leads: Readonly<Record<Lead, Partial<Record<(typeof NAMES)[number], Wave>>>>;
  readonly global: Partial<Record<(typeof NAMES)[number], Wave>>;
}

interface Mark extends Wave {
  readonly height: number;
}

/** The dipole of one wave alone on a 1 ms grid from `startS`, seconds from the beat's reference time. */
function waveTrack(events: readonly DipoleEvent[]): { readonly startS: number; readonly track: DipoleTrack } {
  const startS = Math.min(...events.map((e) => e.centreS - REACH * e.riseS));
  const endS = Math.max(...events.map((e) => e.centreS + REACH * e.fallS));
  const track = emptyTrack(Math.ceil((endS - startS) / STEP_S));
  for (const event of events) addEvent(track, 1 / STEP_S, -startS, event);
  return { startS, track };
}

/** Marks of one wave in one lead, seconds from the beat's reference time, or null where it is isoelectric. */
function mark({ startS, track }: ReturnType<typeof waveTrack>, lead: Lead): Mark | null {
  const [px, py, pz] = PROJECTION[lead];
  const { x, y, z } = track;
  const voltages = x.map((v, n) => Math.abs(px * v + py * (y[n] ?? 0) + pz * (z[n] ?? 0)));
  const height = voltages.reduce((a, b) => Math.max(a, b), 0);
  if (height < ISOELECTRIC_MV) return null;
  const boundary = Math.max(VISIBLE_MV, BOUNDARY_SHARE * height);
  const seconds = (n: number) => startS + n * STEP_S;
  return {
    height,
    onset: seconds(voltages.findIndex((v) => v >= boundary)),
    peak: seconds(voltages.indexOf(height)),
    offset: seconds(voltages.findLastIndex((v) => v >= boundary)),
  };
}

/** Fiducial points of a beat with these events, seconds from its reference time. */
export function beatWaves(events: readonly DipoleEvent[]): BeatWaves {
  const leads = Object.fromEntries(LEADS.map((lead) => [lead, {}])) as Record<Lead, BeatWaves['global']>;
  const global: BeatWaves['global'] = {};
  for (const name of NAMES) {
    const own = events.filter((e) => e.wave === name);
    if (own.length === 0) continue;
    const track = waveTrack(own);
    const marks = LEADS.flatMap((lead) => {
      const found = mark(track, lead);
      if (found) leads[lead][name] = { onset: found.onset, peak: found.peak, offset: found.offset };
      return found ?? [];
    });
    const tallest = marks.reduce<Mark | null>((best, m) => (best && best.height >= m.height ? best : m), null);
    if (tallest) {
      global[name] = {
        onset: Math.min(...marks.map((m) => m.onset)),
        peak: tallest.peak,
        offset: Math.max(...marks.map((m) => m.offset)),
      };
    }
  }
  return { leads, global };
}

/** The fiducial points of all beats in one lead (or over all), sorted, those that lie wholly inside 0 … `durationS`. */
export function collect(
  beats: readonly { readonly timeS: number; readonly waves: BeatWaves['global'] }[],
  durationS: number,
): LeadWaves {
  const all = (name: (typeof NAMES)[number]) =>
    beats.flatMap(({ timeS, waves }) => {
      const wave = waves[name];
      if (!wave) return [];
      const shifted = { onset: timeS + wave.onset, peak: timeS + wave.peak, offset: timeS + wave.offset };
      return shifted.onset >= 0 && shifted.offset <= durationS ? shifted : [];
    });
  return { p: all('p'), qrs: all('qrs'), t: all('t') };
}
