import type { OperatingPoint, Reading } from '../ecg';
import { usePage, usePageStore, useWords } from './hooks';

const POINTS = ['balanced', 'screening'] as const satisfies readonly OperatingPoint[];

/** At which thresholds the statements are made; nothing where the model has only one set. */
export function PointSwitch({ reading }: { readonly reading: Reading }) {
  const words = useWords().findings;
  const titles = { balanced: words.balancedTitle, screening: words.screeningTitle };
  const { setPoint } = usePageStore().getState();
  const labels = usePage(({ engine }) => engine?.card.labels);
  const screened = labels?.filter(({ screening }) => screening) ?? [];
  if (screened.length === 0 || reading.findings.length === 0) return null;
  const now = reading.findings.some(({ operatingPoint }) => operatingPoint === 'screening') ? 'screening' : 'balanced';
  const exploratory = screened.filter(({ screening }) => screening?.exploratory).map(({ code }) => code);
  return (
    <section className="point" aria-label={words.point}>
      <fieldset className="segmented">
        <legend>{words.point}</legend>
        {POINTS.map((point) => (
          <button
            key={point}
            type="button"
            title={titles[point]}
            aria-pressed={point === now}
            data-testid={`point-${point}`}
            onClick={() => void setPoint(point)}
          >
            {words[point]}
          </button>
        ))}
      </fieldset>
      {now === 'screening' && exploratory.length > 0 && (
        <p className="finding-reason">{words.exploratory(exploratory)}</p>
      )}
    </section>
  );
}
