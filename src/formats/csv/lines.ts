import type { ByteSource } from '../../ecg';
import type { Encoding } from '../text';

/** Bytes that are decoded at a time. */
const CHUNK = 2 ** 20;

/** The whole lines of a text file, some thousands at a time. `complete` is false for a last line without a line end. */
export async function* linesOf(
  source: ByteSource,
  encoding: Encoding,
): AsyncGenerator<{ readonly lines: readonly string[]; readonly complete: boolean }> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  for (let at = 0; at < source.size; at += CHUNK) {
    const bytes = await source.read(at, at + CHUNK);
    rest += decoder.decode(bytes, { stream: at + CHUNK < source.size });
    // A carriage return at the end may be half of a line end.
    const last = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r', rest.length - 2));
    if (last < 0) continue;
    yield {
      lines: rest
        .slice(0, last + 1)
        .replace(/\r?\n$|\r$/, '')
        .split(/\r\n|\r|\n/),
      complete: true,
    };
    rest = rest.slice(last + 1);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: DOS ends a text with this one.
  rest = rest.replace(/[\r\x1a]+$/, '');
  if (rest !== '') yield { lines: [rest], complete: false };
}
