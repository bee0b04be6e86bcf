import type { Quality, QualityScore, Warning } from '../ecg';
import { sentence, type Words, warningText } from '../words';
import { useWords } from './hooks';

/** What speaks against the recording itself, and is told where its quality is. */
const AGAINST: readonly Warning['code'][] = ['LIMB_LEADS_INCONSISTENT', 'UNITS_DOUBTFUL', 'ELECTRODES_EXCHANGED'];

interface QualityLineProps {
  readonly quality: Quality;
  readonly warnings: readonly Warning[];
}

/** Whether the recording can be trusted, and which leads cannot. */
export function QualityLine({ quality, warnings }: QualityLineProps) {
  const all = useWords();
  const words = all.reading;
  const { acceptable, reason, reasonSaying, network } = quality;
  const leads = quality.leads.filter(({ issues }) => issues.length > 0);
  return (
    <section className="quality" aria-label={words.qualityLabel} data-acceptable={acceptable} data-testid="quality">
      <h2>{words.quality}</h2>
      <p>
        {acceptable
          ? leads.length === 0
            ? words.good
            : words.acceptable
          : reason === null
            ? words.notInterpretable
            : sentence(all, reason, reasonSaying)}
        {leads.length > 0 && (
          <span className="quality-leads">
            {leads
              .map(({ name, issues }) => `${name} ${issues.map((issue) => words.issues[issue]).join(', ')}`)
              .join(' · ')}
          </span>
        )}
      </p>
      {network && (
        <p
          className={network.acceptable === acceptable ? 'measurement-note' : 'quality-warning'}
          data-testid="quality-network"
          data-probability={network.probability}
          data-agrees={network.acceptable === acceptable}
        >
          {secondJudge(acceptable, network, words)}
        </p>
      )}
      {warnings.filter(isAgainst).map((warning) => (
        <p
          key={`${warning.code} ${warning.message}`}
          className="quality-warning"
          data-testid="warning"
          data-code={warning.code}
        >
          {warningText(all, warning)}
        </p>
      ))}
    </section>
  );
}

/** The rules decide; where the trained head sees it otherwise, that is said. */
function secondJudge(
  acceptable: boolean,
  { probability, ...network }: QualityScore,
  reading: Words['reading'],
): string {
  if (network.acceptable === acceptable) return reading.judgesAgree(probability);
  return acceptable ? reading.networkDoubts(probability) : reading.networkAccepts(probability);
}

/** Whether a warning stands beside the quality, and need not be told again below. */
export const isAgainst = ({ code }: Warning) => AGAINST.includes(code);
