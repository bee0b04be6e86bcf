import type { FormEvent } from 'react';
import { usePage } from './hooks';
import type { Question } from './state';

/** What a file does not say of itself, asked of the reader. */
export function QuestionForm({ question }: { readonly question: Question }) {
  const answer = usePage((page) => page.answer);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const rateHz = Number(form.get('rate'));
    const unit = form.get('unit');
    void answer({
      ...(rateHz > 0 && { rateHz }),
      ...((unit === 'mV' || unit === 'uV') && { unit }),
    });
  };
  return (
    <form className="question" onSubmit={onSubmit} data-testid="question">
      <label>
        Sampling rate
        <input
          data-testid="question-rate"
          name="rate"
          type="number"
          min="1"
          max="100000"
          step="any"
          inputMode="decimal"
          placeholder="500"
          defaultValue={question.given.rateHz}
        />
        Hz
      </label>
      <label>
        Unit
        <select data-testid="question-unit" name="unit" defaultValue={question.given.unit ?? ''}>
          <option value="">as in the file</option>
          <option value="mV">mV</option>
          <option value="uV">µV</option>
        </select>
      </label>
      <button type="submit" data-testid="question-submit" className="button primary">
        {question.files.length > 1 ? `Read ${question.files.length} files` : 'Read'}
      </button>
    </form>
  );
}
