import { backendText, msText } from './format';
import { usePage } from './hooks';
import type { Item } from './state';

/** Which network read this, where and how fast. */
export function RunLine({ item }: { readonly item: Item }) {
  const engine = usePage((page) => page.engine);
  const { model } = item.reading;
  if (!model || !engine) return null;
  return (
    <footer className="run">
      <p>
        {model.own && <b>Your own model: </b>}
        {engine.card.name} {model.version} on {backendText(model.backend)}
        {model.inferenceMs !== null && `, ${msText(model.inferenceMs)}`}. {engine.reason}
      </p>
    </footer>
  );
}
