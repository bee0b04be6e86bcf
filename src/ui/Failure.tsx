import { usePage } from './hooks';
import { QuestionForm } from './QuestionForm';

/** The last failure in one sentence. What was open stays open below it. */
export function Failure() {
  const failure = usePage((page) => page.failure);
  const question = usePage((page) => page.question);
  const dismiss = usePage((page) => page.dismiss);
  if (!failure) return null;
  const { code, message, detail } = failure;
  const technical = Object.entries(detail).map(([name, value]) => `${name}: ${value}`);
  return (
    <div className="failure">
      <div className="failure-text">
        <p role="alert" data-testid="error" data-code={code}>
          {message}
        </p>
        <p className="failure-detail">{[code, ...technical].join(' · ')}</p>
      </div>
      {question && <QuestionForm key={question.replaces.join()} question={question} />}
      <button type="button" className="button quiet" onClick={dismiss} aria-label="Dismiss">
        ✕
      </button>
    </div>
  );
}
