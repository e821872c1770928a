import { proportionInterval } from '@labproof/core/statistics';
import { cohensKappa } from '../agreement/kappa.ts';
import { severities } from '../agreement/severity.ts';
import type { GivenMark } from '../marks/answer-marks.ts';
import { pointsOf } from '../marks/points.ts';
import { isCurrent } from '../marks/result.ts';
import { appealView } from './appeal-view.ts';
import type { Desk } from './desk.ts';
import { planView } from './plan-view.ts';
import type { LeadView } from './protocol.ts';

/** What only the lead sees: agreement, severity, drift, and what waits for a decision. */
export function leadView(desk: Desk): LeadView {
  const { room, team } = desk;
  const { record, waiting } = room;
  const pairs = waiting.answers.flatMap((answer) => {
    const [one, other] = independent(record.marks.get(answer.key) ?? []).filter((given) =>
      isCurrent(given, answer),
    );
    return one === undefined || other === undefined ? [] : [{ answer, one, other }];
  });
  const given = room.record.events
    .flatMap(({ body }) => (body.kind === 'markGiven' ? body.answers : []))
    .flatMap(({ answer: key }) => room.answer(key) ?? []);
  const marks = [...new Set(given)]
    .flatMap((answer) =>
      independent(record.marks.get(answer.key) ?? [])
        .filter((mark) => isCurrent(mark, answer))
        .map((mark) => ({
          id: mark.id,
          reader: mark.reader,
          question: answer.question,
          share: pointsOf(mark.mark, room.items(answer.question), answer.max) / answer.max,
        })),
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  const same = pairs.filter(({ answer, one, other }) => {
    const items = room.items(answer.question);
    return pointsOf(one.mark, items, answer.max) === pointsOf(other.mark, items, answer.max);
  }).length;
  const severityOf = new Map(severities(marks).map((entry) => [entry.reader, entry]));
  return {
    plan: planView(desk),
    items: room.lab.questions.flatMap(({ id }) =>
      room.items(id).flatMap((item) => {
        const decisions = pairs
          .filter(({ answer }) => answer.question === id)
          .map(({ one, other }) => [isGiven(one, item.id), isGiven(other, item.id)] as const);
        const agreement = cohensKappa(decisions);
        return agreement === null
          ? []
          : [{ question: id, item: item.id, concept: item.concept, agreement }];
      }),
    ),
    points:
      pairs.length === 0
        ? null
        : { n: pairs.length, same, interval: proportionInterval(same, pairs.length) },
    readers: team.readers.map((reader) => {
      const own = waiting.answers.filter((answer) => desk.isMine(answer, reader));
      const done = own.filter((answer) => room.own(answer, reader.name)?.mark.decided === true);
      const severity = severityOf.get(reader.name);
      return {
        reader: reader.name,
        n: severity?.n ?? 0,
        severity: severity?.severity ?? 0,
        error: severity?.error ?? null,
        drift: severity?.drift ?? null,
        given: done.length,
        left: own.length - done.length,
      };
    }),
    conflicts: waiting.answers.flatMap((answer) => {
      const result = room.result(answer);
      if (result.state !== 'conflict') return [];
      const items = room.items(answer.question);
      return [
        {
          id: desk.id(answer.key),
          question: answer.question,
          marks: result.marks.map(({ reader, mark }) => ({
            reader,
            points: pointsOf(mark, items, answer.max),
          })),
        },
      ];
    }),
    doubts: waiting.answers.flatMap((answer) =>
      (record.standing.get(answer.key) ?? [])
        .filter((given) => given.mark.doubtful && isCurrent(given, answer))
        .map(({ reader, mark }) => ({
          id: desk.id(answer.key),
          question: answer.question,
          reader,
          comment: mark.comment,
        })),
    ),
    appeals: record.appeals.flatMap((appeal) => {
      const answer = room.answer(appeal.answer);
      return answer === undefined ? [] : [appealView(desk, answer, appeal)];
    }),
    releases: record.releases.map(({ version, digest, students }) => ({
      version,
      digest,
      students,
    })),
  };
}

/** The last decided mark of each reader that was given by reading, by name: two of them did not know of each other. */
function independent(marks: readonly GivenMark[]): GivenMark[] {
  const last = new Map<string, GivenMark>();
  for (const given of marks) {
    if (given.mark.decided && (given.ground === 'read' || given.ground === 'group')) {
      last.set(given.reader, given);
    }
  }
  return [...last.values()].toSorted((a, b) => (a.reader < b.reader ? -1 : 1));
}

function isGiven({ mark }: GivenMark, item: string): string {
  return (mark.items[item] ?? 0) > 0 ? 'given' : 'not given';
}
