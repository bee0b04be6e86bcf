import { usePage, useWords } from './hooks';

/** Stands below the top bar for as long as a model that the reader brought makes the statements. */
export function OwnModelNote() {
  const words = useWords().card;
  const card = usePage(({ engine }) => (engine?.own ? engine.card : null));
  const takeModel = usePage((page) => page.takeModel);
  if (!card) return null;
  return (
    <p className="own-model" role="note" data-testid="own-model">
      <span title={`${card.name} ${card.version}`}>
        <b>{words.own}</b> {card.name} {card.version}
      </span>
      <button type="button" className="button" onClick={() => void takeModel(null)}>
        {words.ownBack}
      </button>
    </p>
  );
}
