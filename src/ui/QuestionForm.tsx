import { type FormEvent, useEffect, useState } from 'react';
import type { Preview } from '../client';
import { LEADS } from '../ecg';
import { usePage, useWords } from './hooks';
import { PreviewTable } from './PreviewTable';
import type { Question } from './state';

/** What a file does not say of itself, asked of the reader beside its first samples. */
export function QuestionForm({ question }: { readonly question: Question }) {
  const words = useWords().question;
  const answer = usePage((page) => page.answer);
  const readPreview = usePage((page) => page.preview);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [twice, setTwice] = useState<string | null>(null);
  const { about, files, given, missing } = question;
  const asksLeads = missing.includes('leads');
  useEffect(() => {
    let shown = true;
    // Without the preview the question can be answered as well; a lost file says so when it is read.
    readPreview(about).then(
      (read) => shown && setPreview(read),
      () => {},
    );
    return () => {
      shown = false;
    };
  }, [about, readPreview]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const rateHz = Number(form.get('rate'));
    const unit = form.get('unit');
    const leads = preview?.signals.map((_, n) => LEADS.find((lead) => lead === form.get(`lead-${n}`)) ?? null);
    const double = leads?.find((lead, n) => lead !== null && leads.indexOf(lead) !== n);
    setTwice(double ?? null);
    if (double) return;
    void answer({
      ...(rateHz > 0 && { rateHz }),
      ...((unit === 'mV' || unit === 'uV') && { unit }),
      ...(asksLeads && leads && { leads }),
    });
  };
  return (
    <form className="question" onSubmit={onSubmit} data-testid="question" data-missing={missing.join(' ')}>
      {missing.includes('rate') && (
        <label>
          {words.rate}
          <input
            data-testid="question-rate"
            name="rate"
            type="number"
            min="1"
            max="100000"
            step="any"
            inputMode="decimal"
            placeholder="500"
            defaultValue={given.rateHz}
          />
          Hz
        </label>
      )}
      {(missing.includes('rate') || missing.includes('unit')) && (
        <label>
          {words.unit}
          <select data-testid="question-unit" name="unit" defaultValue={given.unit ?? ''}>
            <option value="">{words.asInFile}</option>
            <option value="mV">mV</option>
            <option value="uV">µV</option>
          </select>
        </label>
      )}
      <button
        type="submit"
        data-testid="question-submit"
        className="button primary"
        disabled={asksLeads && preview === null}
      >
        {files.length > 1 ? words.readMany(files.length) : words.read}
      </button>
      {twice && <p data-testid="question-twice">{words.twice(twice)}</p>}
      {preview && <PreviewTable signals={preview.signals} asksLeads={asksLeads} given={given.leads} />}
    </form>
  );
}
