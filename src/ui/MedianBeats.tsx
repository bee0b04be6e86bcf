import { useMemo, useState } from 'react';
import type { Ecg, Reading } from '../ecg';
import { arrangeBeats, type BeatCell, type BeatStack, otherBeats, STANDARD_SCALE, singleBeats } from '../paper';
import { BeatPaper, linePath } from './BeatPaper';
import { usePage, usePageStore, useWords } from './hooks';
import { usePxPerMm } from './paper-size';

interface MedianBeatsProps {
  readonly medianBeats: Reading['medianBeats'];
  readonly deviceBeat: Reading['deviceBeat'];
  /** R peaks of all beats, seconds. */
  readonly beats: Reading['beats'];
  readonly waves: Reading['waves'];
}

const SPEEDS = [25, 50] as const;
/** As wide as the sheet above it, mm. */
const WIDTH_MM = 270;

/** The usual beat of each lead with its marks; on demand every single beat over it. */
export function MedianBeats({ medianBeats, deviceBeat, beats, waves }: MedianBeatsProps) {
  const words = useWords();
  const say = words.medianBeat;
  const [mmPerS, setSpeed] = useState<(typeof SPEEDS)[number]>(25);
  const pxPerMm = usePxPerMm();
  const [all, setAll] = useState(false);
  const [device, setDevice] = useState(false);
  /** The stretch whose single beats lie over the medians. */
  const ecg = usePage((page) => (all ? page.ecg : null));
  const scale = useMemo(() => ({ ...STANDARD_SCALE, mmPerS }), [mmPerS]);
  const stacks = useMemo(
    () =>
      medianBeats.map((beat) => ({
        ...(ecg ? stackOf(beat, beats, waves, ecg) : { beat, alike: [], others: [] }),
        beneath: (device && deviceBeat?.find(({ lead }) => lead === beat.lead)) || null,
      })),
    [medianBeats, deviceBeat, beats, waves, ecg, device],
  );
  const sheet = useMemo(() => arrangeBeats(stacks, scale, WIDTH_MM), [stacks, scale]);
  const printed = usePage((page) => page.paper.beats);
  const { printBeats } = usePageStore().getState();
  const count = medianBeats[0]?.beatTimesS.length ?? 0;
  if (count === 0) return null;
  const { widthMm, heightMm, cells } = sheet;
  return (
    <section className="median-beats" aria-label={say.title} data-testid="median-beats">
      <div className="sheet-tools">
        <h2>{say.title}</h2>
        <fieldset className="segmented">
          <legend className="visually-hidden">{words.paper.speed}</legend>
          {SPEEDS.map((speed) => (
            <button key={speed} type="button" aria-pressed={speed === mmPerS} onClick={() => setSpeed(speed)}>
              {speed} mm/s
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          className="button"
          aria-pressed={all}
          data-testid="all-beats"
          title={say.allTitle}
          onClick={() => setAll(!all)}
        >
          {say.all}
        </button>
        {deviceBeat && (
          <button
            type="button"
            className="button"
            aria-pressed={device}
            data-testid="device-beat"
            title={say.deviceTitle}
            onClick={() => setDevice(!device)}
          >
            {say.device}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-pressed={printed}
          data-testid="print-beats"
          title={say.printTitle}
          onClick={() => printBeats(!printed)}
        >
          {say.print}
        </button>
        <span className="source">{say.count(count)}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="sheet-scroll" aria-label={say.onPaper} tabIndex={0}>
        <svg
          className="beat-sheet"
          viewBox={`0 0 ${widthMm} ${heightMm}`}
          width={widthMm * pxPerMm}
          height={heightMm * pxPerMm}
          role="img"
          aria-label={say.of(mmPerS)}
          data-mm-per-s={mmPerS}
        >
          <BeatPaper widthMm={widthMm} heightMm={heightMm} />
          {cells.map((cell) => (
            <Cell key={cell.lead} cell={cell} />
          ))}
          {all && cells.map((cell) => <Single key={cell.lead} cell={cell} />)}
          {cells.map(({ lead, line }) => (
            <path key={lead} className="beat-line" data-testid="median-beat" data-lead={lead} d={linePath(line)} />
          ))}
          {cells.map(({ lead, beneath: line }) =>
            line ? <path key={lead} className="beat-device" data-testid="device-beat-line" d={linePath(line)} /> : null,
          )}
        </svg>
      </section>
    </section>
  );
}

function Cell({ cell }: { readonly cell: BeatCell }) {
  const { waves: words, medianBeat } = useWords();
  const { lead, x, top, heightMm, bands, note } = cell;
  return (
    <>
      {bands.map(({ kind, x: left, widthMm, durationMs }) => (
        <rect key={kind} className={`beat-band-${kind}`} x={left} y={top + 6} width={widthMm} height={heightMm - 7}>
          <title>{words.lasts(words.names[kind], lead, durationMs)}</title>
        </rect>
      ))}
      <text className="beat-lead" x={x + 1} y={top + 4.6}>
        {lead}
        {note && ` (${medianBeat.notToScale})`}
      </text>
    </>
  );
}

/** The beats of the page that lie over a median. */
function stackOf(
  beat: Reading['medianBeats'][number],
  beats: Reading['beats'],
  waves: Reading['waves'],
  ecg: Ecg,
): Omit<BeatStack, 'beneath'> {
  const { beatTimesS, lead } = beat;
  const isOnPage = (timeS: number) => timeS >= ecg.startS && timeS <= ecg.startS + ecg.durationS;
  const on = (timesS: readonly number[]) => singleBeats(beat, ecg, timesS.filter(isOnPage), waves[lead]?.qrs ?? []);
  return { beat, alike: on(beatTimesS), others: on(otherBeats(beats, beatTimesS)) };
}

/** Those of the commonest shape grey, others red. */
function Single({ cell: { alike, others } }: { readonly cell: BeatCell }) {
  return (
    <>
      <path
        className="beat-single"
        data-testid="single-beats"
        data-count={alike.length}
        d={alike.map(linePath).join('')}
      />
      {others.length > 0 && (
        <path
          className="beat-other"
          data-testid="other-beats"
          data-count={others.length}
          d={others.map(linePath).join('')}
        />
      )}
    </>
  );
}
