import type { SessionView } from '../../src/server/protocol.ts';
import {
  attempt,
  dialog,
  entries,
  type Filter,
  filter,
  goBack,
  goNext,
  openQuestion,
  queue,
  saving,
  screen,
  shown,
  current,
  undoOrRedo,
} from '../store.ts';

const FILTERS: readonly (readonly [Filter, string])[] = [
  ['all', 'all answers'],
  ['open', 'not done'],
  ['doubtful', 'doubtful'],
  ['mine', 'mine'],
  ['group', 'this group'],
  ['appealed', 'appealed'],
];

/** Where one is: question, place, what is done, time left. */
export function Top({ session }: { session: SessionView }) {
  const { questions, reader, role, lab, pace } = session;
  const all = questions.reduce((sum, { answers }) => sum + answers, 0);
  const done = questions.reduce((sum, question) => sum + question.done, 0);
  const at = shown.value.findIndex(({ id }) => id === current.value?.id);
  return (
    <header class="top">
      <a class="skip" href="#main">
        Skip to the answer
      </a>
      <div class="who">
        <h1>{lab}</h1>
        <p>
          {reader}
          {role === 'lead' ? ', lead' : ''} ·{' '}
          <span class="num">
            {done} of {all} done
          </span>
          {pace !== null && done < all && <> · {timeLeft(pace * (all - done))} left</>}
          {' · '}
          {saving.value > 0 ? 'saving …' : 'everything is saved'}
        </p>
        <progress max={all} value={done} aria-label="Answers done" />
      </div>
      {screen.value === 'reading' && (
        <div class="bar-line">
          <label>
            <span class="hidden">Question</span>
            <select
              value={queue.value?.question}
              onChange={(event) => {
                const id = event.currentTarget.value;
                event.currentTarget.blur();
                void attempt(() => openQuestion(id));
              }}
            >
              {questions.map(({ id, number, title, answers, done: own }) => (
                <option key={id} value={id}>
                  {number}. {title} ({own}/{answers})
                </option>
              ))}
            </select>
          </label>
          <label>
            <span class="hidden">Which answers</span>
            <select
              value={filter.value}
              onChange={(event) => {
                filter.value = event.currentTarget.value as Filter;
                event.currentTarget.blur();
              }}
            >
              {FILTERS.map(([id, words]) => (
                <option key={id} value={id}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => void attempt(goBack)} aria-keyshortcuts="k">
            ← Before
          </button>
          <span class="num place">
            {at === -1 ? '–' : at + 1} / {shown.value.length}
            <span class="hidden"> answers, of {entries.value.length}</span>
          </span>
          <button type="button" onClick={() => void attempt(() => goNext())} aria-keyshortcuts="j">
            Next →
          </button>
        </div>
      )}
      <div class="bar-line">
        <button type="button" onClick={() => void attempt(() => undoOrRedo('undo'))}>
          Undo
        </button>
        <button type="button" onClick={() => void attempt(() => undoOrRedo('redo'))}>
          Redo
        </button>
        <button type="button" onClick={() => (dialog.value = 'search')}>
          Search
        </button>
        {role === 'lead' && (
          <button
            type="button"
            onClick={() => (screen.value = screen.value === 'lead' ? 'reading' : 'lead')}
          >
            {screen.value === 'lead' ? 'Read' : 'Lead'}
          </button>
        )}
        <button type="button" onClick={() => (dialog.value = 'help')}>
          Keys
        </button>
      </div>
    </header>
  );
}

function timeLeft(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}
