import type { Ecg } from '../ecg';
import { heatAreas, type Sheet } from '../paper';
import { sentence } from '../words';
import { usePage, useWords } from './hooks';

interface HeatOverlayProps {
  readonly sheet: Sheet;
  readonly ecg: Ecg;
  readonly pxPerMm: number;
}

/** Where the network looked: a soft band in one hue, the more of it the more that stretch matters. The words stand beside the statement. */
export function HeatOverlay({ sheet, ecg, pxPerMm }: HeatOverlayProps) {
  const words = useWords();
  const explanation = usePage(({ looked, currentId }) => (looked?.id === currentId ? looked?.explanation : null));
  if (!explanation) return null;
  const { widthMm, heightMm } = sheet;
  return (
    <svg
      className="heat-overlay"
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      width={widthMm * pxPerMm}
      height={heightMm * pxPerMm}
      role="img"
      aria-label={words.paper.lookedFor(
        explanation.code,
        sentence(words, explanation.summary, explanation.summarySaying),
      )}
      data-testid="heat"
    >
      {heatAreas(sheet, ecg.leads, explanation).map(({ x, y, widthMm: width, heightMm: height, share }) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} rx="1" fillOpacity={0.5 * share} />
      ))}
    </svg>
  );
}
