import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, readBefore } from '../src/team/shares.ts';
import { marksFile, readMarksFile } from '../src/exchange/marks-file.ts';
import { effective, toRedo, toUndo } from '../src/marks/effective.ts';
import { type EventBody, type Mark, type ReviewEvent, signed } from '../src/marks/event.ts';
import { readRecord } from '../src/marks/record.ts';
import { resultOf } from '../src/marks/result.ts';
import { basisOf, labItems } from '../src/marks/rubric.ts';
import { lab } from './support/small-class.ts';

const question = lab.questions[0];
if (question === undefined) throw new Error('the lab has no question');
const [item] = labItems(question);
if (item === undefined) throw new Error('q1 has no item');
const today = { digest: 'd'.repeat(16), basis: basisOf(question, 1), max: 1 };

const mark = (given: Partial<Mark>): Mark => ({
  items: {},
  fixed: null,
  comment: '',
  doubtful: false,
  decided: true,
  ...given,
});

const markBody = (
  answer: string,
  given: Partial<Mark>,
  over: readonly string[] = [],
  digest: string | null = today.digest,
): EventBody => ({
  kind: 'markGiven',
  answers: [{ answer, digest, basis: today.basis, over: [...over] }],
  mark: mark(given),
  ground: 'read',
});

const event = (clock: number, reader: string, body: EventBody): ReviewEvent =>
  signed({ clock, reader, at: '2026-11-26T10:00:00.000Z', body });

const standing = (events: readonly ReviewEvent[], answer: string) => {
  const record = readRecord(lab, events);
  return resultOf(record.standing.get(answer) ?? [], record.items.get('q1') ?? [], today);
};

const anyBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc
    .record({
      answer: fc.constantFrom('amy:q1', 'bob:q1', 'cai:q1'),
      fixed: fc.constantFrom(0, 0.5, 1),
      comment: fc.constantFrom('', 'good', 'who gains?'),
    })
    .map(({ answer, ...given }) => markBody(answer, given)),
  fc.constantFrom('amy:q1', 'bob:q1').map((answer) => ({ kind: 'answerOpened' as const, answer })),
  fc.boolean().map((out) => ({ kind: 'memberTakenOut' as const, answer: 'amy:q1', out })),
  fc.constantFrom(0, 0.25, 1).map((points) => ({
    kind: 'itemWritten' as const,
    question: 'q1',
    item: item.id,
    concept: 'a use',
    points,
    lookFor: '',
    retired: points === 0,
  })),
  fc
    .uniqueArray(fc.constantFrom('anna', 'ben', 'cleo'), { minLength: 1 })
    .chain((names) => fc.boolean().map((page) => ({ names, page })))
    .map(({ names, page }) => ({
      kind: 'planned' as const,
      readers: names.map((name) => ({ name, role: 'reader' as const })),
      by: 'share' as const,
      twice: 0.4,
      seed: '1',
      ...(page ? { questions: { q1: names.slice(0, 1) }, from: 'page' as const } : {}),
    })),
);

/** What one reader does alone, each action knowing of those before it. */
function deeds(reader: string): fc.Arbitrary<ReviewEvent[]> {
  return fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: anyBody },
        { weight: 1, arbitrary: fc.constant('undo' as const) },
      ),
      {
        maxLength: 12,
      },
    )
    .map((actions) => {
      const events: ReviewEvent[] = [];
      for (const action of actions) {
        const last = toUndo(events, reader);
        if (action !== 'undo') events.push(event(events.length + 1, reader, action));
        else if (last !== null) {
          events.push(event(events.length + 1, reader, { kind: 'undone', event: last.id }));
        }
      }
      return events;
    });
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

const ASKED = ['amy:q1', 'bob:q1', 'cai:q1'].map((key) => ({ key, question: 'q1' }));

describe('the record', () => {
  it('is the same bytes and says the same in whichever of six orders three readers are merged', () => {
    fc.assert(
      fc.property(deeds('anna'), deeds('ben'), deeds('cleo'), (...readers) => {
        const merged = ORDERS.map((order) => {
          const union = new Map<string, ReviewEvent>();
          for (const at of order) for (const one of readers[at]) union.set(one.id, one);
          return [...union.values()];
        });
        const files = merged.map((events) => marksFile(lab.id, events));
        const records = merged.map((events) => readRecord(lab, events));
        expect(new Set(files).size).toBe(1);
        for (const record of records) expect(record).toEqual(records[0]);
        // Who reads what is told by the same events, whoever said it last.
        const dealt = merged.map((events, at) => {
          const plan = records[at]?.plan ?? null;
          return plan === null ? null : [...assign(ASKED, plan, readBefore(events, plan.id))];
        });
        for (const one of dealt) expect(one).toEqual(dealt[0]);
        const [file = ''] = files;
        expect(marksFile(lab.id, readMarksFile('x', file).events)).toBe(file);
      }),
    );
  });

  it('is after any undoing and as much redoing what it was', () => {
    fc.assert(
      fc.property(deeds('anna'), fc.nat(12), (done, times) => {
        const events = [...done];
        const before = effective(events).filter(({ body }) => body.kind !== 'undone');
        let undone = 0;
        for (; undone < times; undone++) {
          const last = toUndo(events, 'anna');
          if (last === null) break;
          events.push(event(events.length + 1, 'anna', { kind: 'undone', event: last.id }));
        }
        for (; undone > 0; undone--) {
          const undoing = toRedo(events, 'anna');
          if (undoing === null) throw new Error('what was undone cannot be redone');
          events.push(event(events.length + 1, 'anna', { kind: 'undone', event: undoing.id }));
        }
        expect(effective(events).filter(({ body }) => body.kind !== 'undone')).toEqual(before);
      }),
    );
  });

  it('has nothing to redo after something new was done', () => {
    const first = event(1, 'anna', markBody('amy:q1', { fixed: 1 }));
    const undo = event(2, 'anna', { kind: 'undone', event: first.id });
    const other = event(3, 'anna', markBody('bob:q1', { fixed: 1 }));
    expect(toRedo([first, undo], 'anna')).toEqual(undo);
    expect(toRedo([first, undo, other], 'anna')).toBeNull();
    expect(toUndo([first, undo], 'ben')).toBeNull();
  });
});

describe('marks of one answer', () => {
  it('are a conflict where two readers who knew nothing of each other gave other points', () => {
    const one = event(1, 'anna', markBody('amy:q1', { fixed: 1, comment: 'good' }));
    const other = event(1, 'ben', markBody('amy:q1', { fixed: 0.5, comment: 'vague' }));
    expect(standing([one, other], 'amy:q1')).toMatchObject({ state: 'conflict' });
    const decision = event(2, 'lead', markBody('amy:q1', { fixed: 0.5 }, [one.id, other.id]));
    expect(standing([decision, other, one], 'amy:q1')).toMatchObject({
      state: 'marked',
      points: 0.5,
    });
    const undone = event(3, 'lead', { kind: 'undone', event: decision.id });
    expect(standing([decision, other, one, undone], 'amy:q1')).toMatchObject({ state: 'conflict' });
  });

  it('agree where the points are the same, and keep the words of both', () => {
    const one = event(1, 'anna', markBody('amy:q1', { fixed: 0.5, comment: 'who gains?' }));
    const other = event(
      1,
      'ben',
      markBody('amy:q1', { items: { [item.id]: 1 }, comment: 'vague' }),
    );
    expect(standing([one, other], 'amy:q1')).toEqual({
      state: 'marked',
      points: 0.5,
      given: [],
      comment: 'who gains?\n\nvague',
    });
  });

  it('move with the points of an item, and not where points were typed', () => {
    const part = event(1, 'anna', markBody('amy:q1', { items: { [item.id]: 0.5 } }));
    const typed = event(2, 'anna', markBody('bob:q1', { fixed: 0.5 }));
    const edit = event(3, 'anna', {
      kind: 'itemWritten',
      question: 'q1',
      item: item.id,
      concept: item.concept,
      points: 1,
      lookFor: item.lookFor,
      retired: false,
    });
    expect(standing([part], 'amy:q1')).toMatchObject({ points: 0.25 });
    expect(standing([part, typed, edit], 'amy:q1')).toMatchObject({ points: 0.5 });
    expect(standing([part, typed, edit], 'bob:q1')).toMatchObject({ points: 0.5 });
  });

  it('are never above what waits, nor below nothing', () => {
    const much = event(1, 'anna', markBody('amy:q1', { fixed: 7 }));
    const less = event(2, 'anna', markBody('bob:q1', { fixed: -3 }));
    expect(standing([much, less], 'amy:q1')).toMatchObject({ points: 1 });
    expect(standing([much, less], 'bob:q1')).toMatchObject({ points: 0 });
  });

  it('are stale where the answer is another, and count when a reader has looked again', () => {
    const old = event(1, 'anna', markBody('amy:q1', { fixed: 1, comment: 'good' }, [], 'another'));
    expect(standing([old], 'amy:q1')).toMatchObject({
      state: 'stale',
      why: 'answer',
      points: 1,
      comment: 'good',
    });
    const again = event(2, 'anna', markBody('amy:q1', { fixed: 0 }, [old.id]));
    expect(standing([old, again], 'amy:q1')).toMatchObject({ state: 'marked', points: 0 });
  });

  it('decide nothing as words alone', () => {
    const words = event(1, 'anna', markBody('amy:q1', { comment: 'look again', decided: false }));
    expect(standing([words], 'amy:q1')).toEqual({ state: 'undecided', comment: 'look again' });
    expect(standing([words], 'bob:q1')).toEqual({ state: 'unread' });
  });
});

describe('a file of marks', () => {
  const events = [event(1, 'anna', markBody('amy:q1', { fixed: 1 }))];
  const file = marksFile(lab.id, events);

  it.each([
    ['is cut off', file.slice(0, -5)],
    ['was edited', file.replace('"fixed":1', '"fixed":0')],
    ['is something else', 'student,points\namy,1\n'],
    ['is empty', ''],
    ['is of another version', file.replace('"version":1', '"version":2')],
  ])('that %s is refused', (_, text) => {
    expect(() => readMarksFile('ben.marks', text)).toThrow(
      /ben\.marks cannot be merged: .+ Nothing was merged\./,
    );
  });

  it('is refused where an event was forged with its digest made anew', () => {
    const [first] = events;
    if (first === undefined) throw new Error('no event');
    const forged = marksFile(lab.id, [{ ...first, body: markBody('amy:q1', { fixed: 0 }) }]);
    expect(() => readMarksFile('ben.marks', forged)).toThrow('its line 2 is not what a reader did');
  });
});
