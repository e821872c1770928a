import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AnswerState, GroupView } from '../../src/server/protocol.ts';
import { get, post } from '../api.ts';
import {
  attempt,
  current,
  dialog,
  EMPTY,
  entries,
  openAnswer,
  queue,
  refresh,
  saveMark,
} from '../store.ts';
import { Modal } from './modal.tsx';

const STATES: Readonly<Record<AnswerState, string>> = {
  open: 'not marked',
  marked: 'marked',
  doubtful: 'doubtful',
  stale: 'changed since it was marked',
  conflict: 'marks disagree',
  unopened: 'marked with its group',
};

const KEEPS = {
  mark: 'keeps its own mark',
  words: 'keeps its own comment and waits for a mark',
  former: 'is read by itself',
} as const;

/** Like answers, so that one mark can be given to all. */
export function GroupDialog() {
  const groups = useSignal<readonly GroupView[]>([]);
  const trust = useSignal(false);
  const question = queue.value?.question ?? '';
  const load = (): Promise<void> =>
    attempt(async () => {
      groups.value = await get<GroupView[]>('groups', { question });
    });
  useEffect(() => void load(), []);
  const id = current.value?.id ?? '';
  const group = groups.value.find(({ members }) => members.some((member) => member.id === id));
  const out = new Set(
    entries.value.filter((entry) => entry.group === null).map((entry) => entry.id),
  );
  const mark = current.value?.mark ?? EMPTY;
  const inside = group?.members.filter((member) => !out.has(member.id)) ?? [];
  const keeping = inside.filter((member) => member.id !== id && member.keeps !== null);
  const getting = inside.length - keeping.length;
  const unopened = inside.filter(({ opened, keeps }) => !opened && keeps === null).length;
  return (
    <Modal title="Like answers">
      <p>
        At least 80 % of their runs of three words are the same, without the words of the question.
        One mark is given to all of them but those that somebody has marked or commented on by
        itself.
      </p>
      <ul class="members">
        {group?.members.map((member) => (
          <li key={member.id}>
            <p>
              {member.id === id && <b>This one. </b>}
              {member.text || 'Nothing was written.'}{' '}
              <small>
                {member.opened ? 'Opened' : 'Not opened yet'}, {STATES[member.state]}
                {member.id !== id && member.keeps !== null && `, ${KEEPS[member.keeps]}`}
              </small>
            </p>
            <button
              type="button"
              onClick={() =>
                void attempt(async () => {
                  await post('member', { answer: member.id, out: !out.has(member.id) });
                  await refresh(true);
                  await load();
                })
              }
            >
              {out.has(member.id) ? 'Put back' : 'Take out'}
            </button>
            {member.id !== id && (
              <button
                type="button"
                onClick={() => {
                  dialog.value = null;
                  void attempt(() => openAnswer(member.id));
                }}
              >
                Look at it
              </button>
            )}
          </li>
        ))}
      </ul>
      <div class="foot">
        <label class="check-line">
          <input
            type="checkbox"
            checked={trust.value}
            onChange={(event) => (trust.value = event.currentTarget.checked)}
          />
          Answers that nobody has opened count as done too
          {unopened > 0 && ` (${unopened} now; otherwise they stay in the queue)`}
        </label>
        <button
          type="button"
          class="main"
          disabled={!mark.decided || out.has(id) || getting < 2}
          onClick={() => {
            dialog.value = null;
            void saveMark({}, { group: true, trust: trust.value });
          }}
        >
          {out.has(id)
            ? 'This answer was taken out'
            : mark.decided
              ? giveWords(current.value?.points ?? 0, getting, keeping.length)
              : 'Mark this answer first, then give its mark to all'}
        </button>
      </div>
    </Modal>
  );
}

/** How many get the points, this answer among them, and how many stay as they are. */
function giveWords(points: number, getting: number, keeping: number): string {
  if (getting < 2) return 'The others keep what was said of each by itself';
  const what = `Give ${points} ${points === 1 ? 'point' : 'points'} to ${keeping === 0 ? `all ${getting}` : `${getting} of ${getting + keeping}`}`;
  if (keeping === 0) return what;
  return `${what}; ${keeping === 1 ? '1 stays as it is' : `${keeping} stay as they are`}`;
}
