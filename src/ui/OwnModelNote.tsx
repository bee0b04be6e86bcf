import { usePage } from './hooks';

/** Stands beside the status for as long as a model that the reader brought makes the statements. */
export function OwnModelNote() {
  const card = usePage(({ engine }) => (engine?.own ? engine.card : null));
  const takeModel = usePage((page) => page.takeModel);
  if (!card) return null;
  return (
    <p className="own-model" role="note" data-testid="own-model">
      <span>
        <b>Your own model:</b> {card.name} {card.version}
      </span>
      <button type="button" className="button" onClick={() => void takeModel(null)}>
        Back to EfficientECG
      </button>
    </p>
  );
}
