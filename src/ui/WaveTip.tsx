import type { Ecg, LeadWaves } from '../ecg';
import { type Band, readout, type Sheet } from '../paper';
import { waveText } from './wave-text';

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

const signed = (value: number) => value.toFixed(2).replace('-', '−');

/** The numbers of the wave that is pointed at: above it, or below where there is no room. */
export function WaveTip({ band, ecg, own, sheet, pxPerMm }: WaveTipProps) {
  if (!own) return null;
  const { kind, lead, wave, x, y, widthMm, heightMm } = band;
  const { onsetS, offsetS, durationMs, amplitude, unit, prMs, qtMs } = readout(band, ecg, own);
  const middle = (x + widthMm / 2) * pxPerMm;
  const left = Math.min(Math.max(0, middle - WIDTH / 2), sheet.widthMm * pxPerMm - WIDTH);
  const above = y * pxPerMm - HEIGHT - GAP;
  const beat = [prMs === null ? null : `PR ${prMs.toFixed(0)} ms`, qtMs === null ? null : `QT ${qtMs.toFixed(0)} ms`];
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
          <b>
            {waveText(kind)} in {lead}
          </b>{' '}
          {durationMs.toFixed(0)} ms{amplitude !== null && `, ${signed(amplitude)} ${unit}`}
        </p>
        <p>
          {onsetS.toFixed(3)} to {offsetS.toFixed(3)} s
        </p>
        <p>
          {beat.some(Boolean) ? `This beat, this lead: ${beat.filter(Boolean).join(', ')}` : 'No PR or QT in this beat'}
        </p>
        {wave.edited && <p>Edited by the reader: {wave.edited.join(' and ')}</p>}
      </div>
    </foreignObject>
  );
}
