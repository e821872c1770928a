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
  const unopened = inside.filter(({ opened }) => !opened).length;
  return (
    <Modal title="Like answers">
      <p>
        At least 80 % of their runs of three words are the same, without the words of the question.
        One mark is given to all of them; what somebody has marked by itself keeps its mark.
      </p>
      <ul class="members">
        {group?.members.map((member) => (
          <li key={member.id}>
            <p>
              {member.id === id && <b>This one. </b>}
              {member.text || 'Nothing was written.'}{' '}
              <small>
                {member.opened ? 'Opened' : 'Not opened yet'}, {STATES[member.state]}
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
        disabled={!mark.decided || inside.length < 2}
        onClick={() => {
          dialog.value = null;
          void saveMark({}, { group: true, trust: trust.value });
        }}
      >
        {mark.decided
          ? `Give ${current.value?.points ?? '–'} points to all ${inside.length}`
          : 'Mark this answer first, then give its mark to all'}
      </button>
    </Modal>
  );
}
