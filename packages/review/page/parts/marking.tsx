import { useSignal } from '@preact/signals';
import { typedNumber } from '@labproof/submission/typed-number';
import type { AnswerView, CommentView } from '../../src/server/protocol.ts';
import { get } from '../api.ts';
import { useChange } from '../use-change.ts';
import { attempt, dialog, EMPTY, goOn, queue, saveMark, session, toggleItem } from '../store.ts';

const SEARCHED = {
  found: 'its words are there',
  negated: 'its words are there, with a negation',
  'not-found': 'its words were not found',
} as const;

/** The rubric under the keys 1 to 9, points, words. */
export function Marking({ view }: { view: AnswerView }) {
  const mark = { ...EMPTY, ...view.mark };
  const items = queue.value?.items ?? [];
  return (
    <section class="marking" aria-labelledby="marking-title">
      <h2 id="marking-title">
        <span>Rubric</span>{' '}
        <span class="num">
          {view.points ?? '–'} / {view.max}
        </span>
      </h2>
      <ol class="items">
        {items.map(({ id, concept, points, lookFor }, index) => {
          const share = mark.items[id] ?? 0;
          const suggestion = view.suggestions[id];
          return (
            <li key={id}>
              <button
                type="button"
                aria-pressed={share > 0}
                class="item"
                onClick={() => void toggleItem(id, 1)}
                {...(index < 9 ? { 'aria-keyshortcuts': String(index + 1) } : {})}
              >
                {index < 9 && <kbd>{index + 1}</kbd>}
                <span>
                  <b>{concept}</b>
                  {lookFor !== '' && <small>{lookFor}</small>}
                  {suggestion !== undefined && <small>Search: {SEARCHED[suggestion]}</small>}
                </span>
                <span class="num">
                  {share > 0 && share < 1 ? `${round(points * share)} of ${points}` : points}
                </span>
              </button>
              <button
                type="button"
                class="half"
                aria-pressed={share === 0.5}
                aria-label={`Half of ${concept}`}
                onClick={() => void toggleItem(id, 0.5)}
              >
                ½
              </button>
            </li>
          );
        })}
      </ol>
      <div class="bar-line">
        <button
          type="button"
          aria-pressed={mark.decided && view.points === 0}
          onClick={() => void saveMark({ items: {}, fixed: null, decided: true })}
        >
          <kbd>0</kbd> Nothing
        </button>
        <Points view={view} />
        <button
          type="button"
          aria-pressed={mark.doubtful}
          onClick={() => void saveMark({ doubtful: !mark.doubtful })}
        >
          <kbd>d</kbd> Doubtful
        </button>
        <button type="button" onClick={() => (dialog.value = 'items')}>
          <kbd>e</kbd> Rubric …
        </button>
        {view.group !== null && (
          <button type="button" onClick={() => (dialog.value = 'group')}>
            <kbd>g</kbd> Group …
          </button>
        )}
      </div>
      <Comment view={view} />
      {view.marks.length > 1 && <Decide view={view} />}
    </section>
  );
}

function Points({ view }: { view: AnswerView }) {
  const fixed = view.mark?.fixed ?? null;
  const typed = useSignal(fixed === null ? '' : String(fixed));
  const problem = useSignal('');
  const reset = (): void => {
    typed.value = fixed === null ? '' : String(fixed);
    problem.value = '';
  };
  // Undoing brings other points.
  useChange(fixed, reset);
  const save = (): void => {
    const text = typed.value.trim();
    const points = text === '' ? null : typedNumber(text, 'small');
    problem.value = '';
    if (text !== '' && points === null) {
      problem.value = `“${text}” is no number of points. Nothing was saved; write 0.5 or 0,5.`;
    } else if (points !== null && (points < 0 || points > view.max)) {
      problem.value = `This question gives 0 to ${view.max} points, and “${text}” was not saved.`;
    } else if (points !== fixed) {
      const decided = points !== null || Object.keys(view.mark?.items ?? {}).length > 0;
      void saveMark({ fixed: points, decided });
    }
  };
  return (
    <>
      <label class="points">
        <kbd>p</kbd> Points
        <input
          id="points"
          class="points-field"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          maxLength={20}
          aria-invalid={problem.value !== ''}
          aria-describedby="points-problem"
          value={typed.value}
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') reset();
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
          }}
          onBlur={save}
        />
      </label>
      {problem.value !== '' && (
        <p id="points-problem" class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </>
  );
}

function Comment({ view }: { view: AnswerView }) {
  const saved = view.mark?.comment ?? '';
  const text = useSignal(saved);
  const known = useSignal<readonly CommentView[]>([]);
  // Undoing gives back the words of before.
  useChange(saved, () => {
    text.value = saved;
  });
  const save = (words: string): void => {
    if (words !== (view.mark?.comment ?? '')) void saveMark({ comment: words });
  };
  const recalled = known.value.filter(
    ({ text: words }) =>
      words !== text.value && words.toLowerCase().includes(text.value.toLowerCase()),
  );
  return (
    <div class="comment">
      <label for="comment">
        <kbd>c</kbd> Comment for the student{text.value !== saved && ' (not saved yet)'}
      </label>
      <textarea
        id="comment"
        rows={3}
        maxLength={20000}
        value={text.value}
        onFocus={() =>
          void attempt(async () => {
            known.value = await get<CommentView[]>('comments', { question: view.question });
          })
        }
        onInput={(event) => (text.value = event.currentTarget.value)}
        onBlur={() => save(text.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          event.currentTarget.blur();
          void attempt(goOn);
        }}
      />
      {recalled.length > 0 && (
        <ul class="recall" aria-label="Comments written before">
          {recalled.slice(0, 6).map(({ text: words, used }) => (
            <li key={words}>
              <button
                type="button"
                onClick={() => {
                  text.value = words;
                  save(words);
                }}
              >
                {words} <small>{used === 1 ? 'once' : `${used} times`}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The lead sees the marks that stand beside each other and says which it is. */
function Decide({ view }: { view: AnswerView }) {
  const reason = useSignal('');
  return (
    <div class="decide">
      <h3>Marks that stand beside each other</h3>
      <ul>
        {view.marks.map(({ reader, points, comment }) => (
          <li key={reader}>
            {reader}: {points}
            {comment !== '' && `, “${comment}”`}
          </li>
        ))}
      </ul>
      {session.value?.role === 'lead' && (
        <>
          <label for="reason">Reason of the decision</label>
          <textarea
            id="reason"
            rows={2}
            value={reason.value}
            onInput={(event) => (reason.value = event.currentTarget.value)}
          />
          <button
            type="button"
            disabled={reason.value.trim() === '' || view.points === null}
            onClick={() => void saveMark({ decided: true }, { reason: reason.value.trim() })}
          >
            Decide: {view.points ?? '–'} {view.points === 1 ? 'point' : 'points'}
          </button>
        </>
      )}
    </div>
  );
}

function round(points: number): number {
  return Math.round(points * 1e4) / 1e4;
}
