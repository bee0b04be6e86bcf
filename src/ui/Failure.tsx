import { errorText } from '../words';
import { usePage, useWords } from './hooks';
import { QuestionForm } from './QuestionForm';
import { questionText } from './questions';

/** The last failure in one sentence, and what the reader is asked. What was open stays open below it. */
export function Failure() {
  const words = useWords();
  const failure = usePage((page) => page.failure);
  const question = usePage((page) => page.question);
  const dismiss = usePage((page) => page.dismiss);
  if (!failure && !question) return null;
  const { missing: _, ...detail } = failure?.detail ?? {};
  const technical = Object.entries(detail).map(([name, value]) => `${name}: ${value}`);
  return (
    <div className={question ? 'failure asking' : 'failure'}>
      <div className="failure-text">
        {failure ? (
          <>
            <p role="alert" data-testid="error" data-code={failure.code}>
              {errorText(words, failure)}
            </p>
            <p className="failure-detail">{[failure.code, ...technical].join(' · ')}</p>
          </>
        ) : (
          <p data-testid="question-message">{question && questionText(words, question)}</p>
        )}
      </div>
      {question && <QuestionForm key={question.about} question={question} />}
      <button type="button" className="button quiet" onClick={dismiss} aria-label={words.failure.dismiss}>
        ✕
      </button>
    </div>
  );
}
