import { useEffect, useMemo, useRef } from 'react';
import type { Annotations, Ecg, Reading } from '../ecg';
import { annotationLabels, beatLabels, draw, type Label, ticks, toMm, waveBands } from '../paper';
import { CaliperOverlay } from './CaliperOverlay';
import { filterCautions, filterText } from './display-filter';
import { DESCRIPTION_ID } from './EcgDescription';
import { HeatOverlay } from './HeatOverlay';
import { usePage, useWords } from './hooks';
import { usePan } from './pan';
import { LOOKS } from './paper-looks';
import { type PaperSettings, sheetOf } from './paper-settings';
import { sheetPxPerMm, useDevicePixelRatio, usePxPerMm } from './paper-size';
import { createPlot, type SheetPlot } from './plot';
import { type Printed, printout } from './printout';
import { WaveOverlay } from './WaveOverlay';
import { useZoom } from './zoom';

interface PlotProps {
  /** As recorded: what the marks are measured on. */
  readonly ecg: Ecg;
  /** As it is drawn. */
  readonly shown: Ecg;
  readonly paper: PaperSettings;
  readonly printed: Printed;
  readonly waves: Reading['waves'];
  /** Mean RR interval; null where it was not measured. */
  readonly rrMs: number | null;
  /** R peaks, seconds from the start of the recording. */
  readonly beats: Reading['beats'];
  /** Moments of pacing, seconds; null where they are not known. */
  readonly pacingSpikes: Reading['pacingSpikes'];
  readonly beatList: Reading['beatList'];
  /** What the file's annotators wrote; absent where there is nothing. */
  readonly annotations: Annotations | undefined;
  /** Whether the waves are banded. */
  readonly banded: boolean;
}

/** The ECG on paper at a constant number of pixels per millimetre; a narrow window scrolls it sideways. */
export function Plot({
  ecg,
  shown,
  paper,
  printed,
  waves,
  rrMs,
  beats,
  pacingSpikes,
  beatList,
  annotations,
  banded,
}: PlotProps) {
  const words = useWords();
  const { look } = paper;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<SheetPlot | null>(null);
  const sheet = useMemo(() => sheetOf(words, ecg, paper), [words, ecg, paper]);
  const ratio = useDevicePixelRatio();
  const zoom = usePage(({ paperSize }) => paperSize.zoom);
  const pxPerMm = sheetPxPerMm(sheet, usePxPerMm() * zoom, ratio);
  const drawing = useMemo(() => draw(sheet, shown, pxPerMm * ratio), [sheet, shown, pxPerMm, ratio]);
  const box = useRef<HTMLElement>(null);
  const settle = useZoom(box, pxPerMm);
  usePan(box, toMm(pxPerMm, paper.scale));

  const bands = useMemo(() => (banded ? waveBands(sheet, ecg.leads, waves) : []), [sheet, ecg, waves, banded]);

  const spikes = useMemo(() => ticks(sheet, banded ? (pacingSpikes ?? []) : []), [sheet, pacingSpikes, banded]);

  const letters = useMemo(
    () => (banded ? [...beatLabels(sheet, beatList), ...annotationLabels(sheet, annotations?.list ?? [])] : []),
    [sheet, beatList, annotations, banded],
  );

  const settled = useRef(settle);
  settled.current = settle;

  /** In a frame of its own, so that no task of the page is long; the sheet before stays until then. */
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const content = {
        sheet,
        drawing,
        bands,
        spikes,
        letters,
        inks: LOOKS[look],
        print: printout(words, sheet, printed),
        pxPerMm,
      };
      const before = plot.current;
      if (before?.redraw(content)) return;
      if (host.current) plot.current = createPlot(host.current, content);
      before?.destroy();
      // uPlot gives a new plot its size in a microtask: before it the box has nothing to scroll.
      queueMicrotask(() => settled.current());
    });
    return () => cancelAnimationFrame(frame);
  }, [sheet, drawing, bands, spikes, letters, words, printed, look, pxPerMm]);
  useEffect(() => () => plot.current?.destroy(), []);

  const calipersOn = usePage((page) => page.calipersOn);
  const measured = usePage(({ shownInterval }) => shownInterval !== null);
  const names = ecg.leads.map(({ name }) => name).join(', ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section ref={box} className="sheet-scroll" aria-label={words.paper.ecg} tabIndex={0}>
      <div className="sheet-stack">
        <div
          ref={host}
          className="sheet"
          role="img"
          aria-label={words.paper.ecgOf(words.scale(paper.scale), names)}
          aria-describedby={DESCRIPTION_ID}
          data-testid="plot"
          data-px-per-mm={pxPerMm}
          data-start-s={shown.startS}
          data-mm-per-s={paper.scale.mmPerS}
          data-mm-per-mv={paper.scale.mmPerMv}
          data-chest-mm-per-mv={paper.scale.chestMmPerMv}
          data-filter={filterText(words.filter, printed.filter) ?? ''}
          data-caution={filterCautions(words.filter, printed.filter).join('   ')}
          data-look={look}
          data-layout={paper.arrangement.layout}
          data-bands={bands.length}
          data-spikes={spikes.length}
          data-beat-letters={textOf(letters, 'beat')}
          data-annotations={textOf(letters, 'annotation')}
        />
        <HeatOverlay sheet={sheet} ecg={ecg} pxPerMm={pxPerMm} />
        {calipersOn && <CaliperOverlay {...{ sheet, ecg, drawing, waves, beats, rrMs, pxPerMm }} />}
        {(banded || measured) && (
          <WaveOverlay sheet={sheet} ecg={ecg} bands={bands} waves={waves} beats={beats} pxPerMm={pxPerMm} />
        )}
      </div>
    </section>
  );
}

function textOf(labels: readonly Label[], kind: Label['kind']): string {
  return labels.flatMap((label) => (label.kind === kind ? label.text : [])).join(' ');
}
