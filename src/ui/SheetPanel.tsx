import { useMemo } from 'react';
import type { Annotations } from '../ecg';
import { PAGE_S, pageCount } from '../paper';
import type { Words } from '../words';
import { CaliperTools } from './CaliperTools';
import { EcgDescription } from './EcgDescription';
import { FilterTools } from './FilterTools';
import { clock, durationText } from './format';
import { usePage, useWords } from './hooks';
import { MarkTools } from './MarkTools';
import { Overview } from './Overview';
import { PaperTools } from './PaperTools';
import { Plot } from './Plot';
import { printedOf } from './printout';
import { isCovered } from './read-first';
import { SingleRow } from './SingleRow';
import type { Item } from './state';
import { TrendPanel } from './TrendPanel';

/** The sheet with what turns and arranges it. */
export function SheetPanel({ item }: { readonly item: Item }) {
  const words = useWords();
  const say = words.paper;
  const ecg = usePage((page) => page.ecg);
  const shown = usePage((page) => page.shown);
  const paper = usePage((page) => page.paper);
  const alone = usePage(({ items }) => items.length === 1);
  const showWaves = usePage((page) => page.showWaves);
  const toggleWaves = usePage((page) => page.toggleWaves);
  const covered = usePage(isCovered);
  const { recording, warnings, waves, beats, pacingSpikes, beatList } = item.reading;
  const simulated = warnings.some(({ code }) => code === 'SIMULATED');
  const printed = useMemo(
    () => shown && recording && printedOf(shown, recording, simulated),
    [shown, recording, simulated],
  );
  if (!recording) return null;
  return (
    <section className="sheet-panel" aria-label={say.tracing}>
      <div className="sheet-tools">
        {ecg && <PaperTools leads={ecg.leads} />}
        <FilterTools samplingRateHz={recording.samplingRateHz} />
        {(Object.keys(waves).length > 0 || recording.annotations) && (
          <button
            type="button"
            className="button"
            aria-pressed={showWaves}
            data-testid="show-waves"
            title={say.wavesTitle}
            onClick={toggleWaves}
          >
            {say.waves}
          </button>
        )}
        {showWaves && pacingSpikes && pacingSpikes.length > 0 && (
          <span className="source-note" data-testid="pacing">
            {say.spikes(pacingSpikes.length)}
          </span>
        )}
        {showWaves && recording.annotations && (
          <span className="source-note" data-testid="annotations">
            {annotationsText(say, recording.annotations)}
          </span>
        )}
        <CaliperTools />
        <MarkTools item={item} />
        <Pages durationS={recording.durationS} />
        <div className="source">
          {simulated && <b className="badge">{say.simulated}</b>}
          {alone && <SingleRow />}
          <span>
            {say.leads(recording.leads.length)} · {words.exact(recording.samplingRateHz)} Hz ·{' '}
            {durationText(words, recording.durationS)}
            {recording.device && ` · ${recording.device}`}
          </span>
        </div>
      </div>
      <EcgDescription item={item} />
      {pageCount(recording.durationS) > 1 && <Overview beats={beats} durationS={recording.durationS} />}
      {ecg && shown && printed ? (
        <Plot
          ecg={ecg}
          paper={paper}
          shown={shown.ecg}
          printed={printed}
          waves={waves}
          rrMs={item.reading.measurements?.rrMs ?? null}
          beats={beats}
          pacingSpikes={pacingSpikes}
          beatList={beatList}
          annotations={recording.annotations}
          banded={showWaves}
        />
      ) : (
        <div className="sheet-scroll">
          <div className="sheet-blank" />
        </div>
      )}
      {item.reading.trend && !covered && (
        <TrendPanel trend={item.reading.trend} findings={item.reading.findings} durationS={recording.durationS} />
      )}
    </section>
  );
}

/** `2,274 annotations (atr, qrs)`; where not all are listed, so many of them. */
function annotationsText(words: Words['paper'], { count, list }: Annotations): string {
  const sources = [...new Set(list.map(({ source }) => source))].join(', ');
  return list.length < count ? words.annotationsCut(count, sources, list.length) : words.annotations(count, sources);
}

function Pages({ durationS }: { readonly durationS: number }) {
  const words = useWords().paper;
  const startS = usePage((page) => page.startS);
  const turn = usePage((page) => page.turn);
  if (pageCount(durationS) < 2) return null;
  return (
    <div className="pages">
      <button type="button" className="button" onClick={() => turn(-1)} disabled={startS === 0} title={words.before}>
        ←
      </button>
      <span data-testid="page-start" data-start-s={startS}>
        {words.position(clock(startS), clock(durationS))}
      </span>
      <button
        type="button"
        className="button"
        onClick={() => turn(1)}
        disabled={startS + PAGE_S >= durationS}
        title={words.next}
      >
        →
      </button>
    </div>
  );
}
