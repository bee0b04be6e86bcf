import type { DataSet, Element } from './data-set';
import type { Syntax } from './syntax';
import { decimalOf, TAGS, textOf, unsignedOf } from './values';

/** A multiplex group: channels that were sampled together (PS3.3, C.10.9). */
export interface Group {
  readonly label: string;
  readonly derived: boolean;
  readonly rateHz: number;
  /** Seconds after the start of the acquisition. */
  readonly offsetS: number;
  readonly channelCount: number;
  /** Samples of each channel that the file really holds. */
  readonly sampleCount: number;
  /** Samples of each channel that it promises. */
  readonly promised: number;
  readonly bytesPerSample: number;
  readonly interpretation: string;
  readonly data: Element;
  readonly padding: Uint8Array<ArrayBuffer> | null;
  readonly channels: readonly DataSet[];
}

/** A 24 h recording of twelve leads has twelve. */
const MAX_CHANNELS = 512;
/** Labels of what was averaged over beats rather than recorded. */
const BEAT = /median|average|template|representative|mean|beat/i;

/** The multiplex group that an item of the Waveform Sequence describes, or null when it describes none that can be read. */
export function groupOf(item: DataSet, { littleEndian }: Syntax): Group | null {
  const data = item.get(TAGS.waveformData);
  const channels = item.get(TAGS.channels)?.items ?? [];
  const channelCount = unsignedOf(item, TAGS.channelCount, littleEndian) ?? channels.length;
  const rateHz = decimalOf(item, TAGS.samplingFrequency) ?? 0;
  const bytesPerSample = (unsignedOf(item, TAGS.bitsAllocated, littleEndian) ?? 16) / 8;
  if (!data || channelCount < 1 || channelCount > MAX_CHANNELS || ![1, 2, 4, 8].includes(bytesPerSample)) return null;
  if (!(rateHz > 0 && rateHz <= 1e6)) return null;
  const held = Math.floor(data.length / (channelCount * bytesPerSample));
  const promised = unsignedOf(item, TAGS.sampleCount, littleEndian) ?? held;
  return {
    label: textOf(item, TAGS.groupLabel),
    derived: textOf(item, TAGS.originality) === 'DERIVED',
    rateHz,
    offsetS: (decimalOf(item, TAGS.groupTimeOffset) ?? 0) / 1000,
    channelCount,
    sampleCount: Math.min(held, promised),
    promised,
    bytesPerSample,
    interpretation: textOf(item, TAGS.interpretation) || 'SS',
    data,
    padding: item.get(TAGS.padding)?.bytes ?? null,
    channels,
  };
}

/** The group of a median or average beat, where there is one beside a rhythm. */
export function beatGroup(groups: readonly Group[], shown: readonly ShownGroup[]): Group | null {
  const isShown = (group: Group) => shown.some((one) => one.group === group);
  return groups.find((group) => !isShown(group) && (group.derived || BEAT.test(group.label))) ?? null;
}

/** A part of a report is longer; what is shorter and repeats leads is a beat that nothing calls one. */
const SHORTEST_PART_S = 2;

/** A group that is shown, and which of its channels, by place. */
export interface ShownGroup {
  readonly group: Group;
  readonly channels: readonly number[];
}

/**
 * The groups to show together: the longest recorded one, and of every other the leads that it adds (four times three leads, perhaps beside a
 * rhythm strip; an ECG beside pressures). A median beat, which is shorter and has the same leads, is left out.
 *
 * @param namesOf the channel names of a group
 */
export function shownGroups(groups: readonly Group[], namesOf: (group: Group) => readonly string[]): ShownGroup[] {
  const recorded = groups.filter(({ derived, label }) => !derived && !BEAT.test(label));
  const candidates = recorded.length > 0 ? recorded : groups;
  const seconds = ({ sampleCount, rateHz }: Group) => sampleCount / rateHz;
  const longest = Math.max(0, ...candidates.map(seconds));
  const first = candidates.find((group) => group.sampleCount > 0 && seconds(group) === longest);
  if (!first) return [];
  const places = (group: Group) => Array.from({ length: group.channelCount }, (_, place) => place);
  const taken = new Set(namesOf(first));
  return candidates.flatMap((group): ShownGroup[] => {
    if (group === first) return [{ group, channels: places(group) }];
    const names = namesOf(group);
    const added = places(group).filter((place) => !taken.has(names[place] ?? ''));
    const isBeat = added.length < names.length && seconds(group) < SHORTEST_PART_S;
    if (group.sampleCount === 0 || added.length === 0 || isBeat) return [];
    for (const name of names) taken.add(name);
    return [{ group, channels: added }];
  });
}
