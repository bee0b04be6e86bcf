import { sentence } from '../words';
import { usePage, usePageStore, useWords } from './hooks';

interface LookButtonProps {
  readonly code: string;
  readonly label: string;
  /** A sign alone, for statements that stand back. */
  readonly brief: boolean;
}

/** On demand: where the network looked for this statement, on the trace and in words. */
export function LookButton({ code, label, brief }: LookButtonProps) {
  const all = useWords();
  const words = all.findings;
  const { look } = usePageStore().getState();
  const looked = usePage((page) =>
    page.looked?.id === page.currentId && page.looked?.code === code ? page.looked : null,
  );
  return (
    <div className="look" data-brief={brief && looked === null}>
      <button
        type="button"
        className="measurement-link"
        aria-pressed={looked !== null}
        title={words.lookFor(label)}
        data-testid="look"
        onClick={() => void look(code)}
      >
        {looked && !looked.explanation ? (
          words.looking(looked.share)
        ) : brief && !looked ? (
          <span aria-hidden="true">◎</span>
        ) : (
          words.look
        )}
        <span className="visually-hidden">: {label}</span>
      </button>
      {looked?.explanation && (
        <span className="look-summary" role="status" data-testid="look-summary">
          <HeatLegend /> {sentence(all, looked.explanation.summary, looked.explanation.summarySaying)}
        </span>
      )}
    </div>
  );
}

/** From what matters little to what matters most. */
function HeatLegend() {
  const words = useWords().findings;
  return (
    <span className="heat-legend" title={words.heatTitle}>
      {words.less}
      <svg viewBox="0 0 40 8" width="40" height="8" aria-hidden="true">
        {[0.1, 0.2, 0.3, 0.4, 0.5].map((opacity, i) => (
          <rect key={opacity} x={8 * i} width="8" height="8" fillOpacity={opacity} />
        ))}
      </svg>
      {words.more}
    </span>
  );
}
