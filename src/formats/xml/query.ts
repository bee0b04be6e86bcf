import type { XmlElement } from './tree';

/** The first element at the end of a path of names, or undefined. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => child.name === name), element);
}

/** All children of a name. */
export function all(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** All elements of a name at any depth, in the order of the document. */
export function deep(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (!element) return [];
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...deep(child, name)]);
}

/** The text at the end of a path; empty where there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  return find(element, ...path)?.text ?? '';
}

/** An attribute; empty where there is none. */
export function attribute(element: XmlElement | undefined, name: string): string {
  return element?.attributes.get(name)?.trim() ?? '';
}

/** The number that a text is, or null: `Failed`, `Indeterminate` and emptiness are none. A decimal comma is one. */
export function numberOf(text: string): number | null {
  const plain = text.trim().replace(/^([+-]?\d+),(\d+)$/, '$1.$2');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** The number at the end of a path, or null. */
export function numberAt(element: XmlElement | undefined, ...path: readonly string[]): number | null {
  return numberOf(textAt(element, ...path));
}

/** Samples written as numbers with blanks, commas or semicolons between them; NaN where one is missing or no number. */
export function digits(text: string): Float64Array<ArrayBuffer> {
  const plain = text.trim().replace(/[,;]$/, '');
  if (plain === '') return new Float64Array(0);
  const words = plain.split(/\s*[,;]\s*|\s+/);
  return Float64Array.from(words, (word) => (word === '' ? Number.NaN : Number(word)));
}
