import { useSignal } from '@preact/signals';
import type { ItemBody, PreviewView } from '../../src/server/protocol.ts';
import { post } from '../api.ts';
import { attempt, dialog, queue, refresh } from '../store.ts';
import { numberIn } from '../number-field.ts';
import { Modal } from './modal.tsx';

/** The rubric of the question: every change is shown with whose points it moves before it is made. */
export function ItemsDialog() {
  const items = queue.value?.items ?? [];
  const chosen = useSignal<string | null>(items[0]?.id ?? null);
  const item = items.find(({ id }) => id === chosen.value);
  return (
    <Modal title="Rubric of this question">
      <label>
        Item{' '}
        <select
          value={chosen.value ?? ''}
          onChange={(event) => (chosen.value = event.currentTarget.value || null)}
        >
          {items.map(({ id, concept }) => (
            <option key={id} value={id}>
              {concept}
            </option>
          ))}
          <option value="">a new item</option>
        </select>
      </label>
      <ItemForm
        key={chosen.value ?? 'new'}
        start={{
          question: queue.value?.question ?? '',
          item: chosen.value,
          concept: item?.concept ?? '',
          points: item?.points ?? 0.5,
          lookFor: item?.lookFor ?? '',
          retired: false,
        }}
      />
    </Modal>
  );
}

function ItemForm({ start }: { start: ItemBody }) {
  const body = useSignal(start);
  // As it is typed: "0." is on its way to a number.
  const typed = useSignal(String(start.points));
  const preview = useSignal<PreviewView | null>(null);
  const change = (part: Partial<ItemBody>): void => {
    body.value = { ...body.value, ...part };
    preview.value = null;
  };
  const moves = preview.value?.moves ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => {
          if (preview.value === null) {
            preview.value = await post<PreviewView>('item/preview', body.value);
            return;
          }
          await post('item', body.value);
          dialog.value = null;
          await refresh(true);
        });
      }}
    >
      <label for="concept">Words</label>
      <input
        id="concept"
        required
        maxLength={500}
        value={body.value.concept}
        onInput={(event) => change({ concept: event.currentTarget.value })}
      />
      <label for="item-points">Points (below 0 takes points off)</label>
      <input
        id="item-points"
        type="text"
        inputMode="decimal"
        required
        maxLength={20}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          change({ points: numberIn(event.currentTarget, [-1000, 1000]) });
        }}
      />
      <label for="look-for">What to look for</label>
      <textarea
        id="look-for"
        rows={2}
        maxLength={2000}
        value={body.value.lookFor}
        onInput={(event) => change({ lookFor: event.currentTarget.value })}
      />
      {start.item !== null && (
        <label class="check-line">
          <input
            type="checkbox"
            checked={body.value.retired}
            onChange={(event) => change({ retired: event.currentTarget.checked })}
          />
          Take it away, also from the marks that it was given with
        </label>
      )}
      <p role="status">
        {preview.value !== null &&
          (moves.length === 0
            ? 'No score moves.'
            : `${moves.length === 1 ? '1 answer moves' : `${moves.length} answers move`}: ${changesIn(moves)}.`)}
      </p>
      <button type="submit" class="main">
        {preview.value === null ? 'Whose points would move?' : 'Change the rubric'}
      </button>
    </form>
  );
}

/** `0.5 → 1 (3 answers)`, each kind of change once. */
function changesIn(moves: PreviewView['moves']): string {
  const kinds = new Map<string, number>();
  for (const { before, after } of moves) {
    const kind = `${before ?? 'nothing'} → ${after ?? 'nothing'}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds]
    .map(([kind, count]) => (count === 1 ? kind : `${kind} (${count} times)`))
    .join(', ');
}
