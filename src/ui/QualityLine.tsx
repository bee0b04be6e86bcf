import type { Quality, QualityIssue, Warning } from '../ecg';

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

/** What speaks against the recording itself, and is told where its quality is. */
const AGAINST: readonly Warning['code'][] = ['LIMB_LEADS_INCONSISTENT', 'UNITS_DOUBTFUL', 'ELECTRODES_EXCHANGED'];

interface QualityLineProps {
  readonly quality: Quality;
  readonly warnings: readonly Warning[];
}

/** Whether the recording can be trusted, and which leads cannot. */
export function QualityLine({ quality, warnings }: QualityLineProps) {
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
      {warnings.filter(isAgainst).map(({ code, message }) => (
        <p key={`${code} ${message}`} className="quality-warning" data-testid="warning" data-code={code}>
          {message}
        </p>
      ))}
    </section>
  );
}

/** Whether a warning stands beside the quality, and need not be told again below. */
export const isAgainst = ({ code }: Warning) => AGAINST.includes(code);
