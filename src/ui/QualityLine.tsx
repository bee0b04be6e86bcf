import type { Quality, QualityIssue } from '../ecg';

const ISSUES: Record<QualityIssue, string> = {
  missing: 'missing',
  flat: 'flat',
  clipped: 'clipped',
  noise: 'noisy',
  wander: 'baseline wander',
  mains: 'mains hum',
  loose: 'loose electrode',
  low: 'low amplitude',
  gaps: 'gaps',
};

/** Whether the recording can be trusted, and which leads cannot. */
export function QualityLine({ quality }: { readonly quality: Quality }) {
  const { acceptable, reason } = quality;
  const leads = quality.leads.filter(({ issues }) => issues.length > 0);
  return (
    <section className="quality" aria-label="Signal quality" data-acceptable={acceptable} data-testid="quality">
      <h2>Quality</h2>
      <p>
        {acceptable ? (leads.length === 0 ? 'Good in all leads' : 'Acceptable') : (reason ?? 'Not interpretable')}
        {leads.length > 0 && (
          <span className="quality-leads">
            {leads.map(({ name, issues }) => `${name} ${issues.map((issue) => ISSUES[issue]).join(', ')}`).join(' · ')}
          </span>
        )}
      </p>
    </section>
  );
}
