import { useState } from 'react';
import { DialogButton } from './DialogButton';
import { usePage, usePageStore, useWords } from './hooks';
import { PX_PER_MM, useDevicePixelRatio } from './paper-size';

/** A bank card, a driving licence or any other card of ISO/IEC 7810 ID-1, mm. */
const CARD_WIDTH_MM = 85.6;
const CARD_HEIGHT_MM = 53.98;

/** One millimetre of ordinary and of very fine screens, CSS pixels; and a step of the slider. */
const LEAST = 2;
const MOST = 12;
const STEP = 0.005;

/** Measures this screen with a card that is held to it, once; from then on the paper has its true size. */
export function ScreenSizeButton() {
  const words = useWords().paper;
  return (
    <DialogButton label={words.measureScreen} title={words.trueSize}>
      {(close) => <CardRuler onDone={close} />}
    </DialogButton>
  );
}

function CardRuler({ onDone }: { readonly onDone: () => void }) {
  const words = useWords().paper;
  const { measureScreen } = usePageStore().getState();
  const ratio = useDevicePixelRatio();
  const stored = usePage(({ paperSize }) => paperSize.screenPxPerMm);
  const [pxPerMm, setPxPerMm] = useState(stored === null ? PX_PER_MM : stored / ratio);
  const keep = (value: number | null) => {
    measureScreen(value);
    onDone();
  };
  return (
    <div className="card-ruler">
      <p>{words.holdCard}</p>
      <input
        type="range"
        aria-label={words.cardWidth}
        data-testid="card-width"
        min={LEAST}
        max={MOST}
        step={STEP}
        value={pxPerMm}
        onChange={({ target }) => setPxPerMm(Number(target.value))}
      />
      <div className="button-row">
        <button type="button" className="button primary" data-testid="card-keep" onClick={() => keep(pxPerMm * ratio)}>
          {words.cardFits}
        </button>
        {stored !== null && (
          <button type="button" className="button" data-testid="card-forget" onClick={() => keep(null)}>
            {words.cardForget}
          </button>
        )}
      </div>
      <p className="card-note">{words.cardNote}</p>
      <div className="card-scroll">
        <svg
          data-testid="card-frame"
          width={CARD_WIDTH_MM * pxPerMm}
          height={CARD_HEIGHT_MM * pxPerMm}
          role="img"
          aria-label={words.cardFrame}
        >
          <rect x="0.5" y="0.5" width="99.9%" height="99.9%" rx={3.18 * pxPerMm} />
        </svg>
      </div>
    </div>
  );
}
