import type { OperatingPoint, Reading } from '../ecg';
import { usePage, usePageStore } from './hooks';

const POINTS: readonly { readonly point: OperatingPoint; readonly text: string; readonly title: string }[] = [
  { point: 'balanced', text: 'Balanced', title: 'Thresholds that weigh missed and false statements alike' },
  { point: 'screening', text: 'Screening', title: 'Lower thresholds: fewer are missed, more are false' },
];

/** At which thresholds the statements are made; nothing where the model has only one set. */
export function PointSwitch({ reading }: { readonly reading: Reading }) {
  const { setPoint } = usePageStore().getState();
  const labels = usePage(({ engine }) => engine?.card.labels);
  const screened = labels?.filter(({ screening }) => screening) ?? [];
  if (screened.length === 0 || reading.findings.length === 0) return null;
  const now = reading.findings.some(({ operatingPoint }) => operatingPoint === 'screening') ? 'screening' : 'balanced';
  const exploratory = screened.filter(({ screening }) => screening?.exploratory).map(({ code }) => code);
  return (
    <section className="point" aria-label="Operating point">
      <fieldset className="segmented">
        <legend className="visually-hidden">Operating point</legend>
        {POINTS.map(({ point, text, title }) => (
          <button
            key={point}
            type="button"
            title={title}
            aria-pressed={point === now}
            data-testid={`point-${point}`}
            onClick={() => void setPoint(point)}
          >
            {text}
          </button>
        ))}
      </fieldset>
      {now === 'screening' && exploratory.length > 0 && (
        <p className="finding-reason">Too few examples to be sure of 90 % sensitivity: {exploratory.join(', ')}.</p>
      )}
    </section>
  );
}
