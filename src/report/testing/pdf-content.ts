import { unzlibSync } from 'fflate';

/** What a PDF page draws, in mm from its lower left corner. */
export interface PageContent {
  /** Every path that is stroked or filled, as the points of its parts. */
  readonly paths: readonly (readonly (readonly [x: number, y: number])[])[];
  /** Text as far as it is written in a standard font. */
  readonly texts: readonly string[];
}

type Matrix = readonly [number, number, number, number, number, number];

const MM = 25.4 / 72;

/** The content streams of a PDF, read for tests: paths under their transformations, and hexadecimal text. */
export function pageContents(bytes: Uint8Array): readonly PageContent[] {
  return contentStreams(bytes).map(contentOf);
}

function contentStreams(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder('latin1').decode(bytes);
  return [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: mark }) => {
    if (text.slice(index - 3, index) === 'end') return [];
    const end = text.indexOf('endstream', index);
    try {
      const content = new TextDecoder('latin1').decode(unzlibSync(bytes.subarray(index + mark.length, end)));
      return /\s(S|f|Tj)\s/.test(content) ? [content] : [];
    } catch {
      return [];
    }
  });
}

function contentOf(content: string): PageContent {
  const paths: [number, number][][] = [];
  const texts: string[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const saved: Matrix[] = [];
  let path: [number, number][][] = [];
  let numbers: number[] = [];
  const at = (x: number, y: number): [number, number] => [
    (matrix[0] * x + matrix[2] * y + matrix[4]) * MM,
    (matrix[1] * x + matrix[3] * y + matrix[5]) * MM,
  ];
  const finish = () => paths.push(...path.splice(0));
  const operators = new Map<string, (...n: number[]) => void>([
    ['q', () => saved.push(matrix)],
    ['Q', () => (matrix = saved.pop() ?? matrix)],
    ['cm', (a = 1, b = 0, c = 0, d = 1, e = 0, f = 0) => (matrix = times([a, b, c, d, e, f], matrix))],
    ['m', (x = 0, y = 0) => path.push([at(x, y)])],
    ['l', (x = 0, y = 0) => path.at(-1)?.push(at(x, y))],
    ['S', finish],
    ['f', finish],
    ['n', () => (path = [])],
  ]);
  for (const [token] of content.matchAll(/<[0-9A-Fa-f]*>|\((?:\\.|[^\\)])*\)|[^\s<>()[\]]+/g)) {
    const value = Number(token);
    if (!Number.isNaN(value)) numbers.push(value);
    else {
      if (/^<[0-9A-Fa-f]+>$/.test(token)) texts.push(fromHex(token.slice(1, -1)));
      operators.get(token)?.(...numbers);
      numbers = [];
    }
  }
  return { paths, texts };
}

const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[1] * n[2],
  m[0] * n[1] + m[1] * n[3],
  m[2] * n[0] + m[3] * n[2],
  m[2] * n[1] + m[3] * n[3],
  m[4] * n[0] + m[5] * n[2] + n[4],
  m[4] * n[1] + m[5] * n[3] + n[5],
];

const fromHex = (hex: string) => hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
