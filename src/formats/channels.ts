import { furtherLead, type Lead, standardLead, type Unit, type Warning } from '../ecg';

/** A channel's name and what it means. */
export interface ChannelName {
  readonly name: string;
  readonly lead: Lead | null;
}

/** Names that say no more than "there is a signal". */
const GENERIC = /^((ecg|ekg|lead|ch|chan|channel|sig|signal|col|column|value|data|voltage|amplitude)[\s_.-]*)?\d*$/i;

/** Whether a signal has no more of a name than that there is one, so that only a person can tell its lead. */
export function isUnnamed({ name, lead }: ChannelName): boolean {
  return lead === null && GENERIC.test(name);
}

/**
 * Standard leads from a file's spellings, each at most once, and a warning for every name that does not settle which lead it is.
 *
 * @param spellings as in the file, empty where it names none
 */
export function nameChannels(spellings: readonly string[]): {
  readonly names: readonly ChannelName[];
  readonly warnings: readonly Warning[];
} {
  const warnings: Warning[] = [];
  const taken = new Map<Lead, string>();
  const others = new Set<string>();
  const unknown: string[] = [];
  const names = spellings.map((spelling, index): ChannelName => {
    const name = spelling.replaceAll('\0', '').trim() || `signal ${index + 1}`;
    const lead = standardLead(name);
    if (!lead) {
      const further = furtherLead(name);
      if (further && !others.has(further)) {
        others.add(further);
        return { name: further, lead };
      }
      if (GENERIC.test(name)) unknown.push(name);
      return { name, lead };
    }
    const first = taken.get(lead);
    if (first !== undefined) {
      const message = `“${name}” and “${first}” both mean lead ${lead}: the first is used, the second is only shown.`;
      warnings.push({ code: 'LEAD_DUPLICATE', message });
      return { name, lead: null };
    }
    taken.set(lead, name);
    if (/^ml/i.test(name)) {
      warnings.push({ code: 'LEAD_RENAMED', message: `The modified limb lead ${name} is shown as lead ${lead}.` });
    }
    return { name: lead, lead };
  });
  if (unknown.length > 0) {
    const which = unknown.length === 1 ? `which lead “${unknown[0]}” is` : `which leads ${list(unknown)} are`;
    warnings.push({ code: 'LEAD_UNKNOWN', message: `The file does not say ${which}.` });
  }
  return { names, warnings };
}

/** A voltage's factor to mV, or null for a unit that is no voltage. */
export function millivoltsPer(unit: string): number | null {
  // DOS wrote µ as the byte that Windows shows as æ.
  const [, prefix] = /^([a-zµμæ]*?)[ -]?v(?:olts?)?\.?$/i.exec(unit.trim()) ?? [];
  return PREFIXES.get(prefix?.toLowerCase() ?? '?') ?? null;
}

/** The unit that samples have after decoding, and the factor that brings them there. Other units than voltages keep their name and scale. */
export function decodedUnit(unit: string): { readonly unit: Unit; readonly factor: number } {
  const factor = millivoltsPer(unit);
  return factor === null ? { unit, factor: 1 } : { unit: 'mV', factor };
}

/** Warns of signals whose unit is no voltage although they are leads, or that have no physical unit at all. */
export function scaleWarnings(
  channels: readonly { name: string; lead: Lead | null; unit: Unit }[],
): readonly Warning[] {
  const scaleless = channels.filter(({ lead, unit }) => unit !== 'mV' && (lead || NO_UNIT.test(unit)));
  if (scaleless.length === 0) return [];
  const units = [...new Set(scaleless.map(({ unit }) => unit))].join(', ');
  const message = `${list(scaleless.map(({ name }) => name))}: recorded in ${units}, not in mV, so no voltage is measured.`;
  return [{ code: 'NO_ABSOLUTE_VOLTAGE', message }];
}

/** `a, b and c`, cut after eight. */
export function list(words: readonly string[]): string {
  if (words.length > 8) return `${words.slice(0, 8).join(', ')} and ${words.length - 8} more`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const PREFIXES = new Map([
  ['m', 1],
  ['milli', 1],
  ['u', 1e-3],
  ['\u00b5', 1e-3],
  ['\u03bc', 1e-3],
  ['æ', 1e-3],
  ['micro', 1e-3],
  ['n', 1e-6],
  ['nano', 1e-6],
  ['', 1e3],
]);

/** Normalised units, converter counts. */
const NO_UNIT = /^(nu|n\.u\.|adu|adc|counts?|digits?|lsb|a\.u\.|1|)$/i;
