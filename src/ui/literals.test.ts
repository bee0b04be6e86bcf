import { readdirSync, readFileSync } from 'node:fs';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';

/** Attributes and properties that a reader sees or hears. */
const SPOKEN = /^(aria-label|aria-description|aria-valuetext|title|placeholder|alt|label|text|message)$/;
/** Names, units, leads and sources: the same in every language. */
const SAME =
  /^(Efficient|ECG|EfficientECG|PDF|PNG|FHIR|JSON|JSONL|CSV|n|Hz|ms|s|mm|mV|µV|mm\/s|mm\/mV|UTC|I|II|III|aV[RLF]|V\d|ICH|E14)$/;

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const nameOf = ({ name, key }: Node) => String((isNode(name) && name.name) || (isNode(key) && (key.name ?? key.value)));

/** What a value is compared with, asked for or called with is no text on the page. */
const UNSPOKEN = ['BinaryExpression', 'CallExpression', 'MemberExpression', 'ArrowFunctionExpression'];
/** Types and imports; errors, whose code is translated and not their English sentence. */
const LEFT_OUT = ['ImportDeclaration', 'TSLiteralType', 'TSTypeAliasDeclaration', 'ThrowStatement', 'NewExpression'];

const isError = ({ type, properties }: Node) =>
  type === 'ObjectExpression' && Array.isArray(properties) && properties.some((one) => nameOf(one) === 'code');

/** Every text in a file that stands where a reader sees it and is not taken from the dictionary. */
function literals(source: string, lang: 'ts' | 'tsx' = 'tsx'): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown, spoken: boolean): void => {
    if (Array.isArray(node)) for (const one of node) walk(one, spoken);
    if (Array.isArray(node) || !isNode(node)) return;
    const type = String(node.type);
    if (LEFT_OUT.includes(type) || isError(node)) return;
    const value = isNode(node.value) ? node.value.cooked : node.value;
    const isText = type === 'JSXText' || type === 'Literal' || type === 'TemplateElement';
    if (isText && typeof value === 'string' && (type === 'JSXText' || spoken || isSentence(value))) found.push(value);
    const inside = UNSPOKEN.includes(type) ? false : type === 'JSXElement' || type === 'JSXFragment' ? true : spoken;
    for (const [name, child] of Object.entries(node)) {
      const names = type === 'JSXAttribute' || (type === 'Property' && name === 'value');
      walk(child, names ? SPOKEN.test(nameOf(node)) : inside && name !== 'openingElement' && name !== 'test');
    }
  };
  walk(parseAst(source, { lang }), false);
  return found.map((text) => text.trim()).filter((text) => wordsIn(text).length > 0);
}

/** A capital and two words, or words with a full stop: not a class, an id or a key. */
const isSentence = (text: string) => /^[A-Z][a-z]+( [a-z]+)+/.test(text) || / [a-z]+ [a-z]+.*\.$/.test(text);

const wordsIn = (text: string) => text.split(/[^\p{L}\d/]+/u).filter((word) => /\p{L}/u.test(word) && !SAME.test(word));

test('the scanner sees what stands in a component, and nothing else', () => {
  expect(literals('<p title="Drop it">Some words {x}</p>')).toEqual(['Drop it', 'Some words']);
  expect(literals('const t = { label: "Rate", id: "rate" };')).toEqual(['Rate']);
  expect(literals('tell("Something did not work.")')).toEqual(['Something did not work.']);
  expect(literals('<b>{on ? "On" : words.off}</b>')).toEqual(['On']);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a component
  expect(literals('<b aria-label={`Show ${name}`} />')).toEqual(['Show']);
  expect(literals('<p className="a b" data-testid="x">{words.title} · Hz {is === "x" && words.say("y")}</p>')).toEqual(
    [],
  );
  expect(literals('throw new EcgError("TOO_LARGE", "This is too large for it.")')).toEqual([]);
});

const files = readdirSync('src/ui').filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name));

test.each(files)('%s takes every word from the dictionary', (name) => {
  const lang = name.endsWith('x') ? 'tsx' : 'ts';
  expect(literals(readFileSync(`src/ui/${name}`, 'utf8'), lang)).toEqual([]);
});
