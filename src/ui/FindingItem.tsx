import type { Finding, FindingStatus } from '../ecg';
import { percent } from './format';
import { isProminent } from './groups';

const STATUS: Record<FindingStatus, string> = { present: 'present', absent: 'absent', notAssessed: 'not assessed' };

/** One statement: in words, with its calibrated probability on a bar that shows its threshold. */
export function FindingItem({ finding }: { readonly finding: Finding }) {
  const { code, label, probability, threshold, status, reason, operatingPoint } = finding;
  return (
    <li
      className="finding"
      data-testid="finding"
      data-code={code}
      data-probability={probability ?? ''}
      data-status={status}
      data-prominent={isProminent(finding)}
    >
      <span className="finding-label">
        {label} <abbr title={`SCP-ECG / PTB-XL code ${code}`}>{code}</abbr>
      </span>
      <span className="finding-status">{STATUS[status]}</span>
      {probability === null ? (
        <span className="finding-reason">{reason}</span>
      ) : (
        <>
          <ProbabilityBar probability={probability} threshold={threshold} />
          <span className="finding-number" title={`threshold ${percent(threshold)}, ${operatingPoint}`}>
            {percent(probability)}
          </span>
        </>
      )}
    </li>
  );
}

/** SVG, so that a length needs no inline style. */
function ProbabilityBar({ probability, threshold }: { readonly probability: number; readonly threshold: number }) {
  return (
    <svg
      className="bar"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${percent(probability)}, threshold ${percent(threshold)}`}
    >
      <rect className="bar-track" y="1" width="100" height="4" />
      <rect className="bar-value" y="1" width={Math.max(1, probability * 100)} height="4" />
      <line className="bar-threshold" x1={threshold * 100} x2={threshold * 100} y1="0" y2="6" />
    </svg>
  );
}
