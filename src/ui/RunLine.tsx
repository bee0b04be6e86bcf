import { sentence } from '../words';
import { backendText } from './format';
import { usePage, useWords } from './hooks';
import type { Item } from './state';

/** Which network read this, where and how fast. */
export function RunLine({ item }: { readonly item: Item }) {
  const words = useWords();
  const engine = usePage((page) => page.engine);
  const { model } = item.reading;
  if (!model || !engine) return null;
  const name = `${engine.card.name} ${model.version}`;
  const backend = backendText(model.backend);
  const { runOn, runIn } = words.reading;
  return (
    <footer className="run">
      <p>
        {model.own && <b>{words.card.own} </b>}
        {model.inferenceMs === null ? runOn(name, backend) : runIn(name, backend, words.ms(model.inferenceMs))}{' '}
        {sentence(words, engine.reason, engine.reasonSaying)}
      </p>
    </footer>
  );
}
