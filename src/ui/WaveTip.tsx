import type { Ecg, LeadWaves } from '../ecg';
import { type Band, readout, type Sheet } from '../paper';
import { useWords } from './hooks';

interface WaveTipProps {
  readonly band: Band;
  readonly ecg: Ecg;
  readonly own: LeadWaves | null;
  readonly sheet: Sheet;
  readonly pxPerMm: number;
}

/** CSS pixels. */
const WIDTH = 212;
const HEIGHT = 86;
const GAP = 12;

/** The numbers of the wave that is pointed at: above it, or below where there is no room. */
export function WaveTip({ band, ecg, own, sheet, pxPerMm }: WaveTipProps) {
  const { waves: words, list, number } = useWords();
  if (!own) return null;
  const { kind, lead, wave, x, y, widthMm, heightMm } = band;
  const { onsetS, offsetS, durationMs, amplitude, unit, prMs, qtMs } = readout(band, ecg, own);
  const middle = (x + widthMm / 2) * pxPerMm;
  const left = Math.min(Math.max(0, middle - WIDTH / 2), sheet.widthMm * pxPerMm - WIDTH);
  const above = y * pxPerMm - HEIGHT - GAP;
  return (
    <foreignObject
      className="wave-tip"
      x={left}
      y={above >= 0 ? above : (y + heightMm) * pxPerMm + GAP}
      width={WIDTH}
      height={HEIGHT}
    >
      <div data-testid="wave-tip" data-above={above >= 0}>
        <p>
          <b>{words.inLead(words.names[kind], lead)}</b>{' '}
          {list([`${number(durationMs)} ms`, ...(amplitude === null ? [] : [`${number(amplitude, 2)} ${unit}`])])}
        </p>
        <p>{words.fromTo(onsetS, offsetS)}</p>
        <p>{words.beat(prMs, qtMs)}</p>
        {wave.edited && <p>{words.edited(wave.edited)}</p>}
      </div>
    </foreignObject>
  );
}
