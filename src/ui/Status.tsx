import { backendText, msText } from './format';
import { usePage } from './hooks';
import { currentItem, type Page, phaseOf } from './state';

/** What the page is doing, on which backend and how fast. */
export function Status() {
  const phase = usePage(phaseOf);
  const text = usePage(statusText);
  const engine = usePage((page) => page.engine);
  const revision = usePage((page) => page.revision);
  return (
    <p
      className="status"
      role="status"
      data-testid="status"
      data-state={phase}
      data-backend={engine?.backend}
      data-revision={revision}
      title={engine?.reason}
    >
      <span className="status-dot" aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}

function statusText(page: Page): string {
  const { engine, items } = page;
  const on = engine ? ` on ${backendText(engine.backend)}` : '';
  const item = currentItem(page);
  switch (phaseOf(page)) {
    case 'reading':
      return 'Reading files…';
    case 'analysing': {
      if (!engine) return 'Loading the model…';
      const done = items.filter(({ state }) => state === 'done' || state === 'error').length;
      if (page.paused) return 'Paused';
      if (items.length > 1) return `Analysing${on}: ${done} of ${items.length}`;
      return item && item.share > 0 ? `Analysing${on}: ${Math.round(item.share * 100)} %` : `Analysing${on}…`;
    }
    case 'error':
      return 'Something did not work';
    case 'idle':
      return engine ? `Ready${on}` : 'Loading the model…';
    case 'done': {
      const ms = item?.reading.model?.inferenceMs;
      return ms == null ? `Done${on}` : `Done · EfficientECG ${msText(ms)}${on}`;
    }
  }
}
