import { useSignal } from '@preact/signals';
import type { SearchHit } from '../../src/server/protocol.ts';
import { get } from '../api.ts';
import { attempt, dialog, openQuestion, session } from '../store.ts';
import { Modal } from './modal.tsx';

export function SearchDialog() {
  const words = useSignal('');
  const hits = useSignal<readonly SearchHit[] | null>(null);
  const numberOf = (question: string): number | string =>
    session.value?.questions.find(({ id }) => id === question)?.number ?? question;
  return (
    <Modal title="Search">
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(async () => {
            hits.value = await get<SearchHit[]>('search', { words: words.value });
          });
        }}
      >
        <label for="words">Words in answers and in your comments</label>
        <div class="bar-line">
          <input
            id="words"
            type="text"
            enterKeyHint="search"
            autofocus
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
          <button type="submit">Search</button>
        </div>
      </form>
      <p role="status">{hits.value !== null && `${hits.value.length} found`}</p>
      <ul class="recall">
        {hits.value?.map(({ id, question, text, where }) => (
          <li key={`${id}${where}`}>
            <button
              type="button"
              onClick={() => {
                dialog.value = null;
                void attempt(() => openQuestion(question, id));
              }}
            >
              Question {numberOf(question)}, {where}: {text}
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
