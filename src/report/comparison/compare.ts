import {
  type AlertChange,
  type Comparison,
  LEADS,
  type MeasurementChange,
  type Measurements,
  type Reading,
  type StatementChange,
  type StChange,
} from '../../ecg';
import { matchIdentity } from './identity';

/** What changed from another ECG to this one; both were analysed in the same way, and nothing is said of what one of them lacks. */
export function compareReadings(here: Reading, other: Reading): Comparison {
  const compared = statementsOfBoth(here, other);
  const [now, then] = [here.recording?.startTime ?? null, other.recording?.startTime ?? null];
  return {
    with: { file: other.source.name, startTime: then, isSameFile: isSameFile(here, other) },
    order: now === null || then === null ? 'unknown' : then <= now ? 'earlier' : 'later',
    identity: matchIdentity(here.patient, other.patient),
    alerts: [...alertsWithout(here, other, true), ...alertsWithout(other, here, false)],
    measurements: COMPARED.map(({ name, of }) => changeOf(name, measuredOf(here, of), measuredOf(other, of))),
    st: stChanges(here.measurements, other.measurements),
    statementsCompared: compared.length,
    statements: compared
      .filter(({ here, other, threshold }) => here >= threshold !== other >= threshold)
      .map(({ threshold, ...change }) => change),
  };
}

const COMPARED: readonly {
  readonly name: MeasurementChange['name'];
  readonly of: (m: Measurements) => number | null;
}[] = [
  { name: 'heartRateBpm', of: ({ heartRateBpm }) => heartRateBpm },
  { name: 'prMs', of: ({ prMs }) => prMs },
  { name: 'qrsMs', of: ({ qrsMs }) => qrsMs },
  { name: 'qtMs', of: ({ qtMs }) => qtMs },
  { name: 'qtcFridericiaMs', of: ({ qtcMs }) => qtcMs.fridericia },
  { name: 'qrsAxisDeg', of: ({ qrsAxisDeg }) => qrsAxisDeg },
];

const measuredOf = ({ measurements }: Reading, of: (m: Measurements) => number | null) =>
  measurements && of(measurements);

/** Of whole numbers, as they are shown: what reads as no change is none. */
function changeOf(name: MeasurementChange['name'], here: number | null, other: number | null): MeasurementChange {
  if (here === null || other === null) return { name, here, other, change: null };
  const change = Math.round(here) - Math.round(other);
  return { name, here, other, change: name === 'qrsAxisDeg' ? shorterWay(change) : change };
}

/** From −179 to 180 degrees. */
const shorterWay = (degrees: number) => ((((degrees + 179) % 360) + 360) % 360) - 179;

function stChanges(here: Measurements | null, other: Measurements | null): readonly StChange[] {
  return LEADS.flatMap((lead) => {
    const hereMv = here?.st?.[lead];
    const otherMv = other?.st?.[lead];
    return hereMv === undefined || otherMv === undefined ? [] : { lead, hereMv, otherMv };
  });
}

/** At this ECG's thresholds on both, so that no switch of the operating point makes a change. */
function statementsOfBoth(
  here: Reading,
  other: Reading,
): readonly (StatementChange & { readonly threshold: number })[] {
  const before = new Map(other.findings.map(({ code, probability }) => [code, probability]));
  return here.findings.flatMap(({ code, label, probability, threshold }) => {
    const there = before.get(code) ?? null;
    if (probability === null || there === null) return [];
    return { code, label, threshold, statedHere: probability >= threshold, here: probability, other: there };
  });
}

/** The same bytes: whoever meant another one has to know. */
const isSameFile = (here: Reading, other: Reading) =>
  here.source.sha256 !== null && here.source.sha256 === other.source.sha256;

/** What one raises and the other does not. */
const alertsWithout = ({ alerts }: Reading, other: Reading, raisedHere: boolean): readonly AlertChange[] =>
  alerts
    .filter(({ code }) => !other.alerts.some((alert) => alert.code === code))
    .map((alert) => ({ ...alert, raisedHere }));
