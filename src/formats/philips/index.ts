import { type ByteSource, type DeviceMeasurements, EcgError, type Recording } from '../../ecg';
import { isoDate } from '../dates';
import { measurementsOf, patientOf } from '../facts';
import { inMemoryRecording } from '../in-memory';
import type { ReadOptions } from '../reader';
import { all, attribute, deep, find, numberAt, textAt, type XmlElement, xmlReader } from '../xml';
import { beatsIn } from './beats';
import { filtersIn } from './filters';
import { decodeWaveforms } from './waveforms';

/**
 * Philips Sierra ECG XML (`restingecgdata`, schemas 1.03, 1.04 and 1.04.01; PageWriter, HeartStart MRx, TraceMasterVue), written from its schemas and
 * the wiki of sierra-ecg-tools. Proved on three files of 1.03 and one of 1.04, in Latin-1, UTF-8 and UTF-16.
 */
export const philips = xmlReader((head) => /<(\w+:)?restingecgdata\b/.test(head), read);

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const type = textAt(root, 'documentinfo', 'documenttype');
  const version = textAt(root, 'documentinfo', 'documentversion');
  if (!/^(Sierra|Philips)ECG$/.test(type) || !/^1\.0[34]/.test(version)) {
    const message = `${where} is a document of type “${type} ${version}”, which this version does not read.`;
    throw new EcgError('UNSUPPORTED_FORMAT', message, { expected: 'SierraECG or PhilipsECG 1.03 or 1.04', where });
  }
  const { signals, warnings } = decodeWaveforms(root, options, where);
  const acquisition = find(root, 'dataacquisition');
  const startTime = momentOf(attribute(acquisition, 'date'), attribute(acquisition, 'time'));
  const { patient, warnings: patientWarnings } = patientIn(root, startTime);
  const machine = [textAt(acquisition, 'machine'), attribute(find(acquisition, 'machine'), 'detaildescription')];
  return inMemoryRecording(source, {
    format: 'philips-xml',
    signals,
    startTime,
    device: machine[0] ? `Philips ${machine[0]}${machine[1] ? ` (${machine[1]})` : ''}` : null,
    patient,
    filters: filtersIn(root),
    deviceMeasurements: measurementsIn(root),
    deviceStatements: statementsIn(root),
    beat: beatsIn(root, signals[0]?.samplingRateHz ?? 0),
    warnings: [...patientWarnings, ...warnings],
  });
}

/** `2011-12-01` and `07:27:34`. */
function momentOf(date: string, time: string): string | null {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const iso = isoDate(year, month, day);
  return iso && `${iso}T${/^\d\d:\d\d:\d\d/.exec(time)?.[0] ?? '00:00:00'}`;
}

function patientIn(root: XmlElement, startTime: string | null): ReturnType<typeof patientOf> {
  const general = find(root, 'patient', 'generalpatientdata');
  const name = find(general, 'name');
  const age = find(general, 'age');
  const units = ['years', 'months', 'weeks', 'days', 'hours'];
  const unit = units.find((one) => textAt(age, one) !== '') ?? '';
  return patientOf(
    {
      id: textAt(general, 'patientid') || textAt(general, 'MRN') || textAt(general, 'uniquepatientid'),
      name: ['firstname', 'middlename', 'lastname'].map((part) => textAt(name, part)),
      birthDate: momentOf(textAt(age, 'dateofbirth').slice(0, 10), '')?.slice(0, 10) ?? null,
      age: unit && textAt(age, unit),
      ageUnit: unit,
      sex: textAt(general, 'sex'),
    },
    startTime,
  );
}

/**
 * The last interpretation holds what a reader may have corrected, under other names on a PageWriter TC; where it has no figures, the
 * program's own. `Failed` is none.
 */
function measurementsIn(root: XmlElement): DeviceMeasurements | null {
  const sections = [
    ...deep(root, 'interpretationmeasurements').toReversed(),
    ...deep(root, 'globalmeasurements').toReversed(),
    ...deep(root, 'crossleadmeasurements'),
  ];
  const first = (...names: readonly string[]) =>
    sections.flatMap((section) => names.map((name) => numberAt(section, name))).find((value) => value !== null) ?? null;
  return measurementsOf({
    heartRateBpm: first('heartrate', 'meanventrate'),
    prMs: first('meanprint', 'print'),
    qrsMs: first('meanqrsdur', 'qrsdur'),
    qtMs: first('meanqtint', 'qtint'),
  });
}

function statementsIn(root: XmlElement): readonly string[] {
  const interpretation = all(find(root, 'interpretations'), 'interpretation').findLast(
    (one) => all(one, 'statement').length > 0,
  );
  const lines = all(interpretation, 'statement').map((statement) =>
    ['leftstatement', 'rightstatement']
      .map((side) => textAt(statement, side))
      .filter(Boolean)
      .join(' — '),
  );
  return [...lines, textAt(interpretation, 'severity')].filter(Boolean);
}
