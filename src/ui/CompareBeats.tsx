import { useMemo } from 'react';
import type { Reading } from '../ecg';
import { arrangeBeats, STANDARD_SCALE, superposed } from '../paper';
import { BeatPaper, linePath } from './BeatPaper';
import { useWords } from './hooks';
import { usePxPerMm } from './paper-size';

interface CompareBeatsProps {
  readonly here: Reading;
  readonly other: Reading;
}

/** As wide as the space beside the tables, mm. */
const WIDTH_MM = 210;

/** The usual beat of each lead over the other ECG's. */
export function CompareBeats({ here, other }: CompareBeatsProps) {
  const words = useWords();
  const say = words.compare;
  const pxPerMm = usePxPerMm();
  const [mine, its] = [here.medianBeats, other.medianBeats];
  const sheet = useMemo(() => arrangeBeats(superposed(mine, its), STANDARD_SCALE, WIDTH_MM), [mine, its]);
  const { widthMm, heightMm, cells } = sheet;
  if (cells.length === 0) return <p>{say.noBeats}</p>;
  return (
    <section className="comparison-beats" aria-label={say.beats} data-testid="comparison-beats">
      <h2>{say.beats}</h2>
      <p className="comparison-legend">
        <Sample className="beat-line" /> {say.solid} <Sample className="beat-beneath" /> {say.dashed}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="sheet-scroll" aria-label={words.medianBeat.onPaper} tabIndex={0}>
        <svg
          className="beat-sheet"
          viewBox={`0 0 ${widthMm} ${heightMm}`}
          width={widthMm * pxPerMm}
          height={heightMm * pxPerMm}
          role="img"
          aria-label={say.beatsLabel}
        >
          <BeatPaper widthMm={widthMm} heightMm={heightMm} />
          {cells.map(({ lead, x, top, note, line, beneath }) => (
            <g key={lead} data-testid="superposed" data-lead={lead}>
              <text className="beat-lead" x={x + 1} y={top + 4.6}>
                {lead}
                {note && ` (${words.medianBeat.notToScale})`}
              </text>
              {beneath && <path className="beat-beneath" d={linePath(beneath)} />}
              <path className="beat-line" d={linePath(line)} />
            </g>
          ))}
        </svg>
      </section>
    </section>
  );
}

function Sample({ className }: { readonly className: string }) {
  return (
    <svg className="beat-sheet" viewBox="0 0 10 2" width="40" height="8" aria-hidden="true">
      <path className={className} d="M0 1H10" />
    </svg>
  );
}
