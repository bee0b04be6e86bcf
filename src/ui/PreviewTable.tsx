import type { Preview, ReadOptions } from '../client';
import { LEADS } from '../ecg';
import { useWords } from './hooks';

const WIDTH = 240;
const HEIGHT = 36;
const SHOWN_NUMBERS = 4;

interface Shown {
  readonly signals: Preview['signals'];
  readonly asksLeads: boolean;
  readonly given: ReadOptions['leads'];
}

/** The first samples of a file's signals, one a row: name, first numbers, a small plot, and which lead it is where that is asked. */
export function PreviewTable({ signals, asksLeads, given }: Shown) {
  const words = useWords().question;
  const guessed = asksLeads && signals.some(({ guess }) => guess !== null);
  return (
    <div className="preview" data-testid="preview">
      {guessed && <p className="preview-note">{words.guessed}</p>}
      <table>
        <tbody>
          {signals.map(({ name, lead, unnamed, guess, values }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a signal is its place in the file.
            <tr key={n} data-testid="preview-row">
              <th scope="row">{name}</th>
              {asksLeads && (
                <td>
                  {unnamed ? (
                    <select
                      data-testid="question-lead"
                      name={`lead-${n}`}
                      aria-label={words.leadOf(name)}
                      defaultValue={given?.[n] ?? guess ?? ''}
                    >
                      <option value="">{words.notKnown}</option>
                      {LEADS.map((one) => (
                        <option key={one} value={one}>
                          {one === guess ? words.guess(one) : one}
                        </option>
                      ))}
                    </select>
                  ) : (
                    (lead ?? '')
                  )}
                </td>
              )}
              <td>
                <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
                  <path d={pathOf(values)} />
                </svg>
              </td>
              <td className="preview-numbers">{firstNumbers(values)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A polyline over the whole width, from the lowest to the highest value; a gap where samples are missing. */
function pathOf(values: Float32Array): string {
  const known = values.filter((value) => !Number.isNaN(value));
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const span = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) - low || 1;
  let path = '';
  let pen = 'M';
  for (const [n, value] of values.entries()) {
    if (Number.isNaN(value)) {
      pen = 'M';
      continue;
    }
    const x = (n / Math.max(1, values.length - 1)) * WIDTH;
    path += `${pen}${x.toFixed(1)} ${(HEIGHT - 1 - ((value - low) / span) * (HEIGHT - 2)).toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

function firstNumbers(values: Float32Array): string {
  const numbers = Array.from(values.subarray(0, SHOWN_NUMBERS), (value) =>
    Number.isNaN(value) ? '–' : `${Number(value.toPrecision(4))}`,
  );
  return `${numbers.join('  ')} …`;
}
