/** Any JSON object; what is found in it is asked for by name and type. */
export type Json = Readonly<Record<string, unknown>>;

/** A JSON value as an object, or null. */
export function object(value: unknown): Json | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a JSON array; empty for anything else. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.flatMap(objects) : [];
}

/** A JSON value as text; empty for anything but text and numbers. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A JSON value as a list of one object, or of none. */
export function objects(value: unknown): readonly Json[] {
  const one = object(value);
  return one ? [one] : [];
}
