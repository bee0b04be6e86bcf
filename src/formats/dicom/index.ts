import { type ByteSource, type Channel, EcgError, type Recording, type Warning } from '../../ecg';
import { decodedUnit, list, millivoltsPer, nameChannels, scaleWarnings } from '../channels';
import { deviceBeatOf } from '../device-beat';
import type { DecodedSignal } from '../in-memory';
import { placementWarnings } from '../placement';
import type { Reader, SniffedFile } from '../reader';
import { type DataSet, readDataSet } from './data-set';
import { annotationsOf, channelFilters, channelName, deviceOf, patientOf, startTimeOf } from './describe';
import { beatGroup, type Group, groupOf, shownGroups } from './groups';
import { type GroupReader, groupReader, type Scale } from './samples';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE, inflate, type Syntax, syntaxOf } from './syntax';
import { codeOf, decimalOf, decoderOf, TAGS, textOf, unsignedOf } from './values';

/** DICOM waveforms: 12-lead, general, ambulatory and haemodynamic ones. */
export const dicom: Reader = {
  claim: async (files) =>
    files.flatMap((file) => {
      const start = startOf(file);
      return start === null ? [] : [{ parts: [file.source], open: () => openDicom(file.source, start) }];
    }),
};

/** Where the elements begin: after the preamble, or at once in a file that was written without (its first group is 0002 or 0008). */
function startOf({ head }: SniffedFile): number | null {
  if (String.fromCharCode(...head.subarray(128, 132)) === 'DICM') return 132;
  const vr = String.fromCharCode(head[4] ?? 0, head[5] ?? 0);
  const bare = (head[0] === 2 || head[0] === 8) && head[1] === 0 && /^(UL|UI|CS|OB|DA|SH)$/.test(vr);
  return bare ? 0 : null;
}

/** Of what is called a beat and is longer, no more is read, seconds. */
const LONGEST_BEAT_S = 5;

/** One channel to be shown and where it lies. */
interface Shown {
  readonly group: Group;
  readonly reader: GroupReader;
  readonly index: number;
  readonly spelling: string;
  readonly unit: string;
  readonly scale: Scale;
  /** Samples of nothing before the channel's first one. */
  readonly delay: number;
}

/**
 * Opens a DICOM waveform object after PS3.3 C.10.9 (Waveform), C.10.10 (Waveform Annotation), PS3.5 (data structures). Proved with a
 * resting ECG of Mortara (explicit VR) and one of ECG Toolkit (implicit VR). Samples stay in the file, unless it is deflated.
 *
 * A value in its unit is stored value × sensitivity × correction factor + baseline.
 *
 * @throws EcgError UNSUPPORTED_FORMAT (no waveform in it), CORRUPT_FILE, TRUNCATED_FILE, TOO_LARGE, UNREADABLE_FILE
 */
async function openDicom(file: ByteSource, start: number): Promise<Recording> {
  const meta = await readDataSet(file, start, EXPLICIT_LITTLE, (tag) => tag >>> 16 > 2);
  const named = syntaxOf(textOf(meta.elements, TAGS.transferSyntax));
  const source = named.deflated ? await inflate(file, meta.end) : file;
  const from = named.deflated ? 0 : meta.end;
  const syntax = await writtenSyntax(source, from, named);
  const { elements } = await readDataSet(source, from, syntax);
  const items = elements.get(TAGS.waveforms)?.items ?? [];
  if (items.length === 0) throw noWaveform(file, elements);
  const decoder = decoderOf(elements);
  const groups = items.flatMap((item) => groupOf(item, syntax) ?? []);
  const namesOf = ({ channels }: Group) => channels.map((channel) => channelName(channel, decoder));
  const shown: Shown[] = [];
  const together = shownGroups(groups, namesOf);
  const startS = Math.min(...together.map(({ group }) => group.offsetS));
  for (const { group, channels } of together) {
    const all = await channelsOf(source, { ...group, offsetS: group.offsetS - startS }, syntax, namesOf(group));
    shown.push(...all.filter(({ index }) => channels.includes(index)));
  }
  if (shown.length === 0) {
    const detail = { found: `${items.length} groups, ${groups.length} readable`, where: file.name };
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${file.name}.`, detail);
  }
  const { names, warnings: nameWarnings } = nameChannels(shown.map(({ spelling }) => spelling));
  const channels = shown.map(
    ({ group, unit, delay }, index): Channel => ({
      name: names[index]?.name ?? '',
      lead: names[index]?.lead ?? null,
      unit: decodedUnit(unit).unit,
      samplingRateHz: group.rateHz,
      sampleCount: group.sampleCount + delay,
    }),
  );
  const beat = beatGroup(groups, together);
  const beatChannels = beat ? await channelsOf(source, beat, syntax, namesOf(beat)) : [];
  const startTime = startTimeOf(elements);
  const { patient, warnings: patientWarnings } = patientOf(elements, startTime);
  const { measurements, statements } = annotationsOf(elements);
  return {
    source: { name: file.name, format: 'dicom', parts: [file] },
    channels,
    durationS: Math.max(...channels.map(({ sampleCount, samplingRateHz }) => sampleCount / samplingRateHz)),
    startTime,
    device: deviceOf(elements),
    patient,
    filters: channelFilters(shown.flatMap(({ group, index }) => group.channels[index] ?? [])),
    deviceMeasurements: measurements,
    deviceStatements: statements,
    ...deviceBeatOf(await Promise.all(beatChannels.map(beatSignal))),
    warnings: [...lengthWarnings(shown), ...skewWarnings(shown, channels), ...nameWarnings].concat(
      scaleWarnings(channels),
      patientWarnings,
      placementWarnings(statements),
    ),
    samples: async (channel, first, count) => {
      const one = shown[channel];
      if (!one) throw new EcgError('INTERNAL', `${file.name} has no signal ${channel + 1}.`);
      return samplesOf(one, first, count);
    },
  };
}

/** Some exporters name one syntax and write another: two letters where explicit VR has them decide. */
async function writtenSyntax(source: ByteSource, from: number, named: Syntax): Promise<Syntax> {
  if (!named.littleEndian) return named;
  const head = await source.read(from, from + 6);
  const explicit = /^[A-Z]{2}$/.test(String.fromCharCode(head[4] ?? 0, head[5] ?? 0));
  return explicit ? EXPLICIT_LITTLE : IMPLICIT_LITTLE;
}

async function channelsOf(
  source: ByteSource,
  group: Group,
  { littleEndian }: Syntax,
  names: readonly string[],
): Promise<Shown[]> {
  const bits = group.channels.map((channel) => unsignedOf(channel, TAGS.bitsStored, littleEndian) ?? 0);
  const reader = await groupReader(source, group, littleEndian, Math.max(0, ...bits));
  return Array.from({ length: group.channelCount }, (_, index): Shown => {
    const channel: DataSet = group.channels[index] ?? new Map();
    const sensitivity = decimalOf(channel, TAGS.sensitivity);
    const step = (sensitivity ?? 1) * (decimalOf(channel, TAGS.correctionFactor) || 1);
    const unit = unitOf(channel);
    const skew = decimalOf(channel, TAGS.sampleSkew) || (decimalOf(channel, TAGS.timeSkew) ?? 0) * group.rateHz;
    const delay = Math.round(skew + group.offsetS * group.rateHz);
    return {
      group,
      reader,
      index,
      spelling: names[index] ?? '',
      unit: sensitivity === null ? 'NU' : unit,
      scale: {
        step: step * decodedUnit(unit).factor,
        baseline: (decimalOf(channel, TAGS.baseline) ?? 0) * decodedUnit(unit).factor,
      },
      // A delay of more than the recording is a clock's time of day, not an offset into it.
      delay: delay > 0 && delay <= 4 * group.sampleCount ? delay : 0,
    };
  });
}

/** A channel of a beat as a whole; a delay in time means nothing to it. */
async function beatSignal({ group, reader, index, scale, spelling, unit }: Shown): Promise<DecodedSignal> {
  const longest = Math.min(group.sampleCount, Math.ceil(LONGEST_BEAT_S * group.rateHz));
  const values = await reader.read(index, scale, 0, longest);
  return { spelling, unit: decodedUnit(unit).unit, samplingRateHz: group.rateHz, values };
}

/** The unit by its code, by the code's meaning where only that is a voltage. */
function unitOf(channel: DataSet): string {
  const unit = codeOf(channel, TAGS.sensitivityUnits);
  const known = [unit?.code, unit?.meaning].find((text) => text && millivoltsPer(text) !== null);
  return known ?? (unit?.code || unit?.meaning || 'NU');
}

async function samplesOf(
  { group, reader, index, scale, delay }: Shown,
  start: number,
  count: number,
): Promise<Float32Array<ArrayBuffer>> {
  const length = group.sampleCount + delay;
  const from = Math.min(Math.max(0, Math.floor(start)), length);
  const to = Math.min(Math.max(from, Math.floor(start + count)), length);
  const samples = new Float32Array(to - from).fill(Number.NaN);
  const first = Math.max(from, delay);
  if (first < to) samples.set(await reader.read(index, scale, first - delay, to - first), first - from);
  return samples;
}

function lengthWarnings(shown: readonly Shown[]): readonly Warning[] {
  const short = shown.find(({ group: { sampleCount, promised } }) => sampleCount < promised);
  if (!short) return [];
  const { sampleCount, promised } = short.group;
  const message = `The file promises ${promised} samples a lead and holds ${sampleCount}: it may be cut off.`;
  return [{ code: 'LENGTH_FROM_DATA', message }];
}

function skewWarnings(shown: readonly Shown[], channels: readonly Channel[]): readonly Warning[] {
  const late = shown.flatMap(({ delay, group: { rateHz } }, index) =>
    delay > 0 ? [`${channels[index]?.name} by ${((1000 * delay) / rateHz).toFixed(1)} ms`] : [],
  );
  if (late.length === 0) return [];
  return [{ code: 'SIGNALS_SKEWED', message: `Begins later than the recording, as the file says: ${list(late)}.` }];
}

function noWaveform({ name }: ByteSource, elements: DataSet): EcgError {
  const modality = textOf(elements, TAGS.modality);
  const what = modality ? `a DICOM object of modality ${modality.slice(0, 16)}` : 'a DICOM object';
  const detail = { expected: 'a Waveform Sequence', found: textOf(elements, TAGS.sopClass), where: name };
  return new EcgError('UNSUPPORTED_FORMAT', `${name} is ${what} without a recorded waveform.`, detail);
}
