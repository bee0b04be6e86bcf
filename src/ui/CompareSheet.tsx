import { useMemo } from 'react';
import type { Ecg, Reading } from '../ecg';
import { sentence, warningText } from '../words';
import { NO_FILTER } from './display-filter';
import { usePage, useWords } from './hooks';
import { PrintSheet } from './PrintSheet';
import { sheetOf } from './paper-settings';
import { usePxPerMm } from './paper-size';
import { printedOf, printout } from './printout';

/** Both sheets are so much smaller than the one of a reading, so that two of them stand side by side on 1440 px. */
const REDUCED = 0.65;

interface CompareSheetProps {
  readonly which: 'here' | 'other';
  readonly reading: Reading;
  /** As recorded: a display filter would make a difference that is none. */
  readonly ecg: Ecg;
}

/** One of two ECGs with whose it is and what has to be known of its signal, at the speed and gain of both. */
export function CompareSheet({ which, reading, ecg }: CompareSheetProps) {
  const words = useWords();
  const say = words.compare;
  const paper = usePage((page) => page.paper);
  const pxPerMm = usePxPerMm() * REDUCED;
  const { recording, patient, source, quality, warnings } = reading;
  const sheet = useMemo(() => sheetOf(words, ecg, paper), [words, ecg, paper]);
  if (!recording) return null;
  const simulated = warnings.some(({ code }) => code === 'SIMULATED');
  const print = printout(words, sheet, printedOf({ ecg, filter: NO_FILTER }, recording, simulated));
  const who = [
    patient.name ?? words.history.noName,
    patient.id && `${words.patient.id} ${patient.id}`,
    patient.ageYears === null ? null : words.ages(patient.ageYears),
    words.sexes[patient.sex],
  ];
  const time = recording.startTime ? words.dateTime(recording.startTime) : words.history.timeUnknown;
  const notes = warnings.filter(({ code }) => code !== 'SIMULATED');
  return (
    <section className="comparison-ecg" aria-label={say[which]} data-testid="comparison-ecg" data-file={source.name}>
      <h2>{which === 'here' ? say.hereAt(time) : say.otherAt(time)}</h2>
      <p>
        {who.filter(Boolean).join(' · ')} · <span className="source-name">{source.name}</span>
      </p>
      {quality && !quality.acceptable && (
        <p className="quality-warning">
          {quality.reason === null
            ? words.reading.notInterpretable
            : sentence(words, quality.reason, quality.reasonSaying)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="sheet-scroll" aria-label={say[which]} tabIndex={0} data-px-per-mm={pxPerMm}>
        <PrintSheet sheet={sheet} ecg={ecg} print={print} pxPerMm={pxPerMm} look={paper.look} />
      </section>
      {notes.length > 0 && (
        <details>
          <summary>{say.notes(notes.length)}</summary>
          <ul>
            {notes.map((note) => (
              <li key={`${note.code} ${note.message}`}>{warningText(words, note)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
