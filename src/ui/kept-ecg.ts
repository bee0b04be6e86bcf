import { EcgError } from '../ecg';
import { reportOf } from '../report';
import type { KeptEcg, KeptEdits, KeptHead } from '../storage';
import type { Words } from '../words';
import { currentItem, type Item, shownReading } from './state';
import type { PageStore } from './store';

/** Larger recordings stay where they are, bytes. */
const MAX_KEPT_BYTES = 256 * 2 ** 20;

/** The same bytes are the same ECG. */
export const keyOf = ({ reading: { source } }: Item) => source.sha256 ?? `${source.name} ${source.bytes}`;

/** An ECG with its files and all that the reader did to it. Throws EcgError TOO_LARGE, UNREADABLE_FILE. */
export async function keptEcg(words: Words, item: Item): Promise<KeptEcg> {
  const size = item.files.reduce((sum, file) => sum + file.size, 0);
  if (size > MAX_KEPT_BYTES) {
    const detail = { found: `${size} bytes`, expected: `up to ${MAX_KEPT_BYTES}` };
    throw new EcgError('TOO_LARGE', 'This recording is too large for the history; it stays open.', detail);
  }
  const reading = shownReading(item);
  const { patient, recording, source, comparison } = reading;
  const report = reportOf(reading, item.report.now, words);
  const head: KeptHead = {
    file: source.name,
    patientName: patient.name,
    patientId: patient.id,
    startTime: recording?.startTime ?? null,
    conclusion: report.statements.find(({ section }) => section === 'conclusion')?.text ?? '',
    note: '',
    savedAt: new Date().toISOString(),
  };
  const edits: KeptEdits = {
    patient: item.edit,
    marks: item.marks.now,
    startTime: item.enteredStartTime,
    report: item.report.now,
    ...(comparison && { comparison }),
  };
  const files = await Promise.all(
    item.files.map(async (file) => ({
      name: file.webkitRelativePath || file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  return { head, edits, files };
}

/**
 * Opens files as a drop does, and does to them what the reader had done: to this ECG and no other, for another one may be opened while
 * this one is read. Resolves to whether it is open with everything that was done to it.
 */
export async function restore(page: PageStore, files: readonly File[], edits: KeptEdits): Promise<boolean> {
  const { open, edit, enterStartTime, restoreMarks, keepComparison, editReport } = page.getState();
  await open(files);
  const opened = currentItem(page.getState());
  const isStillOpen = () => currentItem(page.getState())?.id === opened?.id;
  if (!opened?.files.some((file) => files.includes(file))) return false;
  if (edits.startTime !== null) enterStartTime(edits.startTime);
  if (Object.keys(edits.patient).length > 0) await edit(edits.patient);
  await analysed(page, opened.id);
  if (!isStillOpen()) return false;
  if (edits.marks.length > 0) await restoreMarks(edits.marks);
  if (!isStillOpen()) return false;
  if (edits.comparison) keepComparison(edits.comparison);
  editReport(() => edits.report);
  return true;
}

/** Until the recording is analysed or failed, or is looked at no more. */
const analysed = (page: PageStore, id: string) =>
  new Promise<void>((resolve) => {
    const check = () => {
      const item = currentItem(page.getState());
      if (item?.id === id && item.state !== 'done' && item.state !== 'error' && item.state !== 'cancelled') return;
      stop();
      resolve();
    };
    const stop = page.subscribe(check);
    check();
  });
