import { type Document, type SvgSheet, svgBeats, svgSheet } from '../report';
import { useWords } from './hooks';
import { LOOKS, type Look } from './paper-looks';

interface Size {
  readonly widthMm: number;
  readonly heightMm: number;
}

interface PrintSheetProps extends Pick<Document, 'sheet' | 'ecg' | 'print'> {
  /** CSS pixels in a millimetre; absent for the printer's own. */
  readonly pxPerMm?: number;
  /** How the paper on the screen looks; absent where it is printed: that keeps its own colours. */
  readonly look?: Look;
}

type Ink = SvgSheet['paths'][number]['ink'];

/** A printed sheet's colour of each ink in a look of the screen. */
function inkOf(look: Look, ink: Ink): string {
  const inks = LOOKS[look];
  if (ink === 'text') return inks.trace;
  return ink === 'quiet' ? inks.muted : inks[ink];
}

/** The sheet as vectors, at its true size. */
export function PrintSheet({ sheet, ecg, print, ...shown }: PrintSheetProps) {
  const words = useWords().paper;
  return <Vectors size={sheet} svg={svgSheet({ sheet, ecg, print })} label={words.ecg} {...shown} />;
}

/** The usual beats as vectors, at their true size. */
export function PrintBeats({ sheet, title }: NonNullable<Document['beats']>) {
  return <Vectors size={sheet} svg={svgBeats(sheet)} label={title} />;
}

interface VectorsProps extends Pick<PrintSheetProps, 'pxPerMm' | 'look'> {
  readonly size: Size;
  readonly svg: SvgSheet;
  readonly label: string;
}

function Vectors({ size: { widthMm, heightMm }, svg: { paper, paths, texts }, label, pxPerMm, look }: VectorsProps) {
  return (
    <svg
      className="print-sheet"
      width={pxPerMm ? widthMm * pxPerMm : `${widthMm}mm`}
      height={pxPerMm ? heightMm * pxPerMm : `${heightMm}mm`}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      role="img"
      aria-label={label}
    >
      <rect width={widthMm} height={heightMm} fill={look ? LOOKS[look].paper : paper} />
      {paths.map(({ d, ink, colour, widthMm: width }) => (
        <path
          key={ink}
          d={d}
          fill="none"
          stroke={look ? inkOf(look, ink) : colour}
          strokeWidth={look === 'contrast' && ink === 'trace' ? 2 * width : width}
          strokeLinejoin="round"
        />
      ))}
      {texts.map(({ text, x, y, ink, colour, style }) => (
        <text
          key={`${x} ${y} ${text}`}
          x={x}
          y={y}
          fill={look ? inkOf(look, ink) : colour}
          fontSize={style.sizeMm}
          fontWeight={style.bold ? 600 : 400}
          textAnchor={style.align}
        >
          {text}
        </text>
      ))}
    </svg>
  );
}
