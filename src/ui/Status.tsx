import { sentence } from '../words';
import { backendText } from './format';
import { usePage, useWords } from './hooks';
import { currentItem, type Page, phaseOf } from './state';

/** What the page is doing, on which backend and how fast. */
export function Status() {
  const phase = usePage(phaseOf);
  const text = usePage(statusText);
  const engine = usePage((page) => page.engine);
  const words = useWords();
  const revision = usePage((page) => page.revision);
  return (
    <p
      className="status"
      role="status"
      data-testid="status"
      data-state={phase}
      data-backend={engine?.backend}
      data-revision={revision}
      title={engine ? sentence(words, engine.reason, engine.reasonSaying) : undefined}
    >
      <span className="status-dot" aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}

function statusText(page: Page): string {
  const { engine, items, words } = page;
  const say = words.status;
  if (!engine) return withoutEngine(page);
  const on = backendText(engine.backend);
  const item = currentItem(page);
  switch (phaseOf(page)) {
    case 'reading':
      return say.reading;
    case 'analysing': {
      const done = items.filter(({ state }) => state === 'done' || state === 'error').length;
      if (page.paused) return say.paused;
      if (items.length > 1) return say.analysingMany(on, done, items.length);
      return item && item.share > 0 ? say.analysingShare(on, 100 * item.share) : say.analysing(on);
    }
    case 'error':
      return say.failed;
    case 'idle':
      return say.ready(on);
    case 'done': {
      const ms = item?.reading.model?.inferenceMs;
      return ms == null || engine?.own ? say.doneOn(on) : say.doneIn(words.ms(ms), on);
    }
  }
}

/** While the model loads, and where it could not be loaded. */
function withoutEngine(page: Page): string {
  const say = page.words.status;
  switch (phaseOf(page)) {
    case 'reading':
      return say.reading;
    case 'error':
      return say.failed;
    case 'done':
      return say.done;
    default:
      return say.loading;
  }
}
