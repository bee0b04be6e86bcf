import { XMLParser } from 'fast-xml-parser';
import { EcgError } from '../../ecg';

/** An element of an XML document. Names are without their namespace's prefix; text is that of the element itself, trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** Deeper than any ECG format nests (aECG: some 20); a bomb nests without end. */
const MAX_DEPTH = 100;

/**
 * Entities are never expanded by the parser: a document that declares some is refused, and the five of XML itself are put in afterwards.
 * An external DTD that is only named (`<!DOCTYPE RestingECG SYSTEM "restecg.dtd">`) is not loaded and does no harm.
 */
const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  allowBooleanAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
});

/**
 * The root element of an XML document.
 *
 * @param where the file's name, for errors
 * @throws EcgError CORRUPT_FILE when it is not well-formed or declares entities, TRUNCATED_FILE when its end is missing
 */
export function parseXml(text: string, where: string): XmlElement {
  const doctype = /<!DOCTYPE[^[>]*\[[^\]]*/i.exec(text.slice(0, 2 ** 16))?.[0] ?? '';
  if (/<!ENTITY/i.test(doctype)) {
    const message = `${where} declares XML entities of its own, which no ECG needs: it is not read.`;
    throw new EcgError('CORRUPT_FILE', message, { found: '<!ENTITY', where });
  }
  const root = elementsOf(parsed(text, where))[0];
  if (!root) throw new EcgError('CORRUPT_FILE', `There is no XML element in ${where}.`, { where });
  if (!closed(text, root.name)) {
    const detail = { expected: `</${root.name}>`, found: text.slice(-40), where };
    throw new EcgError('TRUNCATED_FILE', `${where} is cut off: its end is missing.`, detail);
  }
  return root;
}

/** Whether the root's end is there; comments may follow it. The parser itself takes a document that just stops. */
function closed(text: string, name: string): boolean {
  const end = text
    .slice(-4096)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/[\s\0]+$/, '');
  return end.endsWith('/>') || /<\/(?:[^<>:]*:)?([^<>:]*?)\s*>$/.exec(end)?.[1] === name;
}

function parsed(text: string, where: string): unknown {
  try {
    return PARSER.parse(text.trim());
  } catch (cause) {
    const detail = { found: String(cause).slice(0, 200), where };
    if (!/>[\s\0]*$/.test(text.slice(-4096))) {
      throw new EcgError('TRUNCATED_FILE', `${where} is cut off: its end is missing.`, detail, { cause });
    }
    throw new EcgError('CORRUPT_FILE', `${where} is no well-formed XML.`, detail, { cause });
  }
}

/** The parser's ordered form is `[{ tag: [children], ':@': { attribute: value } }, { '#text': 'text' }]`. */
function elementsOf(nodes: unknown): XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown): XmlElement[] => {
    if (!isRecord(node)) return [];
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (name === undefined) return [];
    const inner = node[name];
    const attributes = isRecord(node[':@']) ? Object.entries(node[':@']) : [];
    return [
      {
        name,
        attributes: new Map(attributes.map(([key, value]) => [key, plain(String(value))])),
        text: textIn(inner),
        children: elementsOf(inner),
      },
    ];
  });
}

function textIn(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  const parts = nodes.flatMap((node: unknown) => (isRecord(node) && '#text' in node ? [String(node['#text'])] : []));
  return plain(parts.join(' ').trim());
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Puts in the five entities of XML and numbered characters, once and without looking at the result again. */
function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
