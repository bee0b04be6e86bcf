import { memo } from 'react';
import type { Finding, Trend } from '../ecg';
import { nextWindow } from '../paper';
import { statementText, type Words } from '../words';
import { clock } from './format';
import { usePageStore, useWords } from './hooks';

/** At most so many statements are drawn over time: those with the highest probability in any window. */
const SHOWN = 4;
/** The drawing is so many units wide; the page stretches it. */
const WIDTH = 1000;
const ROW = 22;

interface TrendPanelProps {
  readonly trend: Trend;
  readonly findings: readonly Finding[];
  readonly durationS: number;
}

/** A long recording at a glance: rate and main findings over time; a click opens the sheet at that window. It does not follow the sheet: a day has 17,280 windows. */
export const TrendPanel = memo(function TrendPanel({
  trend: { windows, probabilities },
  findings,
  durationS,
}: TrendPanelProps) {
  const words = useWords();
  const say = words.trend;
  const store = usePageStore();
  const { goTo } = store.getState();
  const goToNext = (code: string, threshold: number) => {
    const next = nextWindow(windows, probabilities[code] ?? [], threshold, store.getState().startS);
    if (next !== null) goTo(next);
  };
  const rates = windows.map(({ heartRateBpm }) => heartRateBpm);
  const fastest = Math.max(1, ...rates.map((rate) => rate ?? 0));
  const peak = (code: string) => Math.max(...(probabilities[code] ?? [0]));
  const shown = findings
    .filter(({ code, threshold }) => code !== 'NORM' && peak(code) >= threshold)
    .sort((a, b) => peak(b.code) - peak(a.code))
    .slice(0, SHOWN);
  const rows = [
    {
      code: 'rate',
      name: say.rate,
      height: (w: number) => (rates[w] ?? 0) / fastest,
      text: (w: number) => rateText(words, rates[w]),
      threshold: null,
    },
    ...shown.map(({ code, label, threshold }) => ({
      code,
      name: statementText(words, { code, label }),
      height: (w: number) => probabilities[code]?.[w] ?? 0,
      text: (w: number) => words.percent(probabilities[code]?.[w] ?? 0),
      threshold,
    })),
  ];
  return (
    <section className="trend" aria-label={say.label} data-testid="trend">
      {rows.map(({ code, name, height, text, threshold }) => (
        <div key={code} className="trend-row" data-code={code}>
          {threshold === null ? (
            <span>{name}</span>
          ) : (
            <button
              type="button"
              className="measurement-link"
              title={say.next}
              onClick={() => goToNext(code, threshold)}
            >
              {name}
            </button>
          )}
          <svg viewBox={`0 0 ${WIDTH} ${ROW}`} preserveAspectRatio="none" role="img" aria-label={say.overTime(name)}>
            {windows.map(({ startS }, w) => (
              // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing.
              <rect
                key={startS}
                role="button"
                tabIndex={-1}
                data-testid="trend-window"
                data-start-s={startS}
                x={(startS / durationS) * WIDTH}
                width={((windows[w + 1]?.startS ?? durationS) - startS) * (WIDTH / durationS)}
                y={ROW - Math.max(1, height(w) * ROW)}
                height={Math.max(1, height(w) * ROW)}
                onClick={() => goTo(startS)}
                onKeyDown={({ key }) => key === 'Enter' && goTo(startS)}
              >
                <title>{say.at(clock(startS), name, text(w))}</title>
              </rect>
            ))}
          </svg>
        </div>
      ))}
    </section>
  );
});

const rateText = ({ trend, bpm, number }: Words, rate: number | null | undefined) =>
  rate == null ? trend.notMeasured : `${number(rate)} ${bpm}`;
