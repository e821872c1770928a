import { useEffect, useRef } from 'preact/hooks';
import type { AnswerView } from '../../src/server/protocol.ts';
import { current, queue, session } from '../store.ts';
import { PdfPages } from './pdf-pages.tsx';
import { Marking } from './marking.tsx';

/** The answer, what was measured, and the rubric, side by side. */
export function Reading() {
  const view = current.value;
  const question = session.value?.questions.find(({ id }) => id === queue.value?.question);
  if (view === null) return <p class="wait">No answer waits here.</p>;
  return (
    <div class="desk">
      <AnswerPart
        view={view}
        title={question === undefined ? '' : `${question.number}. ${question.title}`}
      />
      <Marking key={view.id} view={view} />
      <section class="facts" aria-labelledby="facts-title">
        <h2 id="facts-title">What was measured</h2>
        {/* Sanitised by the server. */}
        <div dangerouslySetInnerHTML={{ __html: view.facts }} />
      </section>
    </div>
  );
}

function AnswerPart({ view, title }: { view: AnswerView; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.closest('section')?.scrollTo(0, 0);
  }, [view.id]);
  const { former, heldBy, appeals, group, student } = view;
  return (
    <section class="answer" aria-labelledby="answer-title">
      <h2 id="answer-title" ref={heading}>
        {title}
      </h2>
      <details>
        <summary>The question</summary>
        <div dangerouslySetInnerHTML={{ __html: view.prompt }} />
      </details>
      {student !== null && <p class="note">By {student}.</p>}
      {heldBy !== null && <p class="note">{heldBy} has this answer open now.</p>}
      {former !== null && (
        <p class="note">
          {former.why === 'answer'
            ? 'The student has handed in another answer'
            : 'The rubric, a picture or the points that wait are others'}{' '}
          since this was marked. It had {former.points}
          {former.comment === '' ? '.' : `: “${former.comment}”`}
        </p>
      )}
      {group !== null && group.size > 1 && (
        <p class="note">
          One of {group.size} like answers
          {group.unopened > 0 && `, ${group.unopened} not opened yet`}: <kbd>g</kbd>
        </p>
      )}
      {appeals.map((appeal) => (
        <div key={appeal.id} class="appeal">
          <p>
            <b>The student appeals</b>
            {appeal.item !== null && <> about “{appeal.item}”</>}: {appeal.text}
          </p>
          {appeal.decision !== null && (
            <p>
              {appeal.decision.words}: {appeal.decision.reason}
            </p>
          )}
        </div>
      ))}
      <div class="shown" dangerouslySetInnerHTML={{ __html: view.answer }} />
      {view.pdf && <PdfPages key={view.id} id={view.id} />}
    </section>
  );
}
