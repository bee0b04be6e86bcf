import { type Document, svgSheet } from '../report';
import { useWords } from './hooks';

interface PrintSheetProps extends Pick<Document, 'sheet' | 'ecg' | 'print'> {
  /** CSS pixels in a millimetre; absent for the printer's own. */
  readonly pxPerMm?: number;
}

/** The sheet as vectors, at its true size. */
export function PrintSheet({ sheet, ecg, print, pxPerMm }: PrintSheetProps) {
  const words = useWords().paper;
  const { widthMm, heightMm } = sheet;
  const { paper, paths, texts } = svgSheet({ sheet, ecg, print });
  return (
    <svg
      className="print-sheet"
      width={pxPerMm ? widthMm * pxPerMm : `${widthMm}mm`}
      height={pxPerMm ? heightMm * pxPerMm : `${heightMm}mm`}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      role="img"
      aria-label={words.ecg}
    >
      <rect width={widthMm} height={heightMm} fill={paper} />
      {paths.map(({ d, colour, widthMm: width }) => (
        <path key={colour} d={d} fill="none" stroke={colour} strokeWidth={width} strokeLinejoin="round" />
      ))}
      {texts.map(({ text, x, y, colour, style }) => (
        <text
          key={`${x} ${y} ${text}`}
          x={x}
          y={y}
          fill={colour}
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
