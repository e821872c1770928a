import type { BodyOf } from '../marks/event.ts';
import { type Assignment, readBefore } from '../team/shares.ts';
import type { Desk } from './desk.ts';
import type { PlanBody, PlanPreview, PlanView } from './protocol.ts';

/** Who reads which questions; `null` where one person reads all. */
export function planView(desk: Desk): PlanView | null {
  const { team, plan, room } = desk;
  if (team.readers.length < 2) return null;
  const dealt = desk.dealt(plan);
  const reading = plan.readers.map(({ name }) => name);
  return {
    readers: team.readers.map(({ name }) => name),
    twice: plan.twice,
    chosen: plan.from === 'page',
    questions: room.lab.questions.flatMap(({ id, number, title }) => {
      const answers = desk.inOrder(id);
      if (answers.length === 0) return [];
      const firsts = new Set(answers.map(({ key }) => dealt.get(key)?.first ?? ''));
      const all = plan.by === 'question' ? reading.filter((name) => firsts.has(name)) : reading;
      return [{ id, number, title, answers: answers.length, readers: plan.questions?.[id] ?? all }];
    }),
  };
}

/** What the lead has chosen, as it goes into the record. Throws where a question has no reader, or one that is not in the team. */
export function planEvent(desk: Desk, { questions, twice }: PlanBody): BodyOf<'planned'> {
  const { team, room } = desk;
  const known = new Map(team.readers.map(({ name, role }) => [name, role]));
  const asked = room.lab.questions.map(({ id }) => id).filter((id) => desk.inOrder(id).length > 0);
  const chosen = Object.fromEntries(
    asked.map((id) => {
      const names = [...new Set(questions[id] ?? [])].filter((name) => known.has(name)).toSorted();
      if (names.length === 0) throw new RangeError(`Nobody reads the question ${id}.`);
      return [id, names];
    }),
  );
  // Who has read something keeps it, also without a further share.
  const reading = new Set([
    ...Object.values(chosen).flat(),
    ...[...readBefore(room.events, null).values()].flat(),
  ]);
  return {
    kind: 'planned',
    readers: team.readers
      .filter(({ name }) => reading.has(name))
      .map(({ name, role }) => ({ name, role })),
    by: 'share',
    twice,
    seed: team.seed,
    questions: chosen,
    from: 'page',
  };
}

/** What a plan would change: answers that nobody has marked yet and that go to others, and what each has left. */
export function planPreview(desk: Desk, plan: BodyOf<'planned'>): PlanPreview {
  const now = desk.dealt(desk.plan);
  const next = desk.dealt(plan);
  const { answers } = desk.room.waiting;
  const open = answers.filter((answer) => desk.room.result(answer).state !== 'marked');
  const has = (dealt: typeof now, key: string, name: string): boolean =>
    dealt.get(key)?.first === name || dealt.get(key)?.second === name;
  return {
    moves: open.filter(({ key }) => whoReads(now.get(key)) !== whoReads(next.get(key))).length,
    left: desk.team.readers.map(({ name }) => ({
      reader: name,
      before: open.filter(({ key }) => has(now, key, name)).length,
      after: open.filter(({ key }) => has(next, key, name)).length,
    })),
  };
}

/** Whoever reads it, the first or the second time. */
function whoReads(assignment: Assignment | undefined): string {
  return [assignment?.first, assignment?.second].filter(Boolean).toSorted().join('\n');
}
