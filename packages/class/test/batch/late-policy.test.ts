import { readableInstant } from '../../src/tables/instant.ts';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { parseInstant } from '../../src/tables/instant.ts';
import { applyLatePolicy } from '../../src/lateness/apply-late-policy.ts';
import { type LatePolicy, parseLatePolicy } from '../../src/lateness/late-policy.ts';
import { lateBy } from '../../src/lateness/late-by.ts';
import type { Grade } from '../../../grader/src/grade/grade.ts';
import { refusedGrade } from '../../../grader/src/grade/whole-grade.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';
import { lab } from '../../../submission/test/support/lab.ts';

const DUE = '2026-11-20T23:59+01:00';
const policy = (deduct: unknown, over: object = {}): LatePolicy =>
  parseLatePolicy({ due: DUE, deduct, ...over });
const grade = (score: number | null): Grade => ({
  ...refusedGrade({ lab, student: 'jo', name: null }, { code: 'x', message: '', fix: '' }),
  score,
  max: 12,
});
const late = (
  score: number | null,
  by: LatePolicy,
  submitted: string,
  due: string | null = null,
): Grade => applyLatePolicy(grade(score), by, { submitted, due });

describe('parseInstant', () => {
  it.each([
    ['2026-11-20T23:59+01:00', '2026-11-20T22:59:00.000Z'],
    ['2026-11-20 23:59:07.123456789 -0800', '2026-11-21T07:59:07.000Z'],
    ['2026-11-20 23:59:07 UTC', '2026-11-20T23:59:07.000Z'],
    ['2026-11-20T23:59:07Z', '2026-11-20T23:59:07.000Z'],
  ])('%s', (text, iso) => {
    expect(parseInstant(text, null)).toBe(Date.parse(iso));
  });

  it('has no time zone of its own, and knows the calendar', () => {
    expect(parseInstant('2026-11-20 23:59', null)).toBeNull();
    expect(parseInstant('2026-11-20 23:59', '+01:00')).toBe(Date.parse('2026-11-20T22:59:00Z'));
    expect(parseInstant('2026-02-29T00:00Z', null)).toBeNull();
    expect(parseInstant('2024-02-29T00:00Z', null)).not.toBeNull();
    expect(parseInstant('20.11.2026 23:59', '+01:00')).toBeNull();
  });
});

describe('applyLatePolicy', () => {
  const daily = policy({ unit: 'percent', amount: 10 });

  it('takes nothing in time, and says so', () => {
    const result = late(9, daily, '2026-11-20T23:59:00+01:00');
    expect(result.score).toBe(9);
    expect(result.lateness).toMatchObject({ deduction: 0, scoreBefore: 9, periods: 0 });
    expect(result.lateness?.message).toContain('in time');
  });

  it.each([
    ['a second late is a day begun', daily, '2026-11-20T23:59:01+01:00', 7.8, 1],
    ['another time zone is the same instant', daily, '2026-11-20T14:59:01-08:00', 7.8, 1],
    ['two days and a bit', daily, '2026-11-23T00:00+01:00', 5.4, 3],
    ['never below zero', daily, '2027-01-01T00:00+01:00', 0, 42],
    [
      'a share of what was earned',
      policy({ unit: 'percent', amount: 50, of: 'earned' }, { per: 'once' }),
      '2026-12-20T00:00+01:00',
      4.5,
      1,
    ],
    [
      'points an hour, five at most',
      policy({ unit: 'points', amount: 0.5 }, { per: 'hour', mostPeriods: 5 }),
      '2026-11-21T09:00+01:00',
      6.5,
      5,
    ],
    [
      'within the grace',
      policy({ unit: 'points', amount: 1 }, { graceMinutes: 15 }),
      '2026-11-21T00:14+01:00',
      9,
      0,
    ],
    [
      'the grace holds at each day',
      policy({ unit: 'points', amount: 1 }, { graceMinutes: 10 }),
      '2026-11-22T00:04+01:00',
      8,
      1,
    ],
  ])('%s', (_, by, submitted, score, periods) => {
    const result = late(9, by, submitted);
    expect(result.score).toBe(score);
    expect(result.lateness?.periods).toBe(periods);
    expect((result.lateness?.deduction ?? 0) + (result.score ?? 0)).toBeCloseTo(9, 9);
    expect(result.outcomes).toEqual(grade(9).outcomes);
  });

  it.each([
    ['the same time on the clock a day later', '2026-10-25T19:30+01:00', 1],
    ['the same moment without an offset', '2026-10-25 19:30', 1],
    ['an hour on', '2026-10-25T20:30+01:00', 2],
    ['in UTC, which is no place’s time, the fewer', '2026-10-25T18:30Z', 1],
    ['in UTC, an hour on', '2026-10-25T19:30Z', 2],
    ['late all the same within the hour that comes twice', '2026-10-24T20:05+01:00', 1],
  ])('counts days by the clock where summer time ends: %s', (_, submitted, periods) => {
    const by = policy({ unit: 'points', amount: 1 }, { due: '2026-10-24T20:00+02:00' });
    expect(late(9, by, submitted).lateness?.periods).toBe(periods);
  });

  it.each([
    // Berlin, autumn: 02:00 comes twice on 25 October.
    ['2026-10-24T20:00[Europe/Berlin]', 'day', '2026-10-25T19:00:00Z', 1],
    ['2026-10-24T20:00[Europe/Berlin]', 'day', '2026-10-25T19:00:01Z', 2],
    ['2026-10-24T20:00[Europe/Berlin]', 'day', 'Sunday, 25 October 2026, 8:00 PM', 1],
    ['2026-10-24T20:00[Europe/Berlin]', 'day', '2026-10-25 20:01', 2],
    ['2026-10-24T20:00[Europe/Berlin]', 'day', '2026-10-25T11:00-08:00', 1],
    ['2026-10-24T20:00[Europe/Berlin]', 'hour', '2026-10-25 04:00', 9],
    ['2026-10-24T23:59+02:00[Europe/Berlin]', 'hour', 'Sonntag, 25. Oktober 2026, 04:30', 6],
    // Berlin, spring: 02:30 is passed over on 29 March.
    ['2026-03-28T20:00[Europe/Berlin]', 'day', '2026-03-29T18:00Z', 1],
    ['2026-03-28T20:00[Europe/Berlin]', 'day', '2026-03-29T18:30Z', 2],
    ['2026-03-28T20:00[Europe/Berlin]', 'hour', 'dimanche 29 mars 2026, 04:00', 7],
    // New York, 1 November and 8 March.
    ['2026-10-31T23:59[America/New_York]', 'day', '2026-11-02T04:59Z', 1],
    ['2026-10-31T23:59[America/New_York]', 'day', '2026-11-02T05:00Z', 2],
    ['2026-03-07T23:59[America/New_York]', 'day', '2026-03-09T03:59Z', 1],
    // Lord Howe changes by half an hour; Kolkata does not change at all.
    ['2026-04-04T20:00[Australia/Lord_Howe]', 'day', '2026-04-05T09:30Z', 1],
    ['2026-04-04T20:00[Australia/Lord_Howe]', 'day', '2026-04-05T09:31Z', 2],
    ['2026-10-24T20:00[Asia/Kolkata]', 'day', '2026-10-25T14:31Z', 2],
    // The first of the hour that comes twice, in time.
    ['2026-10-25T02:30[Europe/Berlin]', 'day', '2026-10-25 02:30', 0],
  ])('knows the clocks of a time zone: due %s, per %s, %s', (due, per, submitted, periods) => {
    const by = policy({ unit: 'points', amount: 1 }, { due, per });
    expect(late(9, by, submitted).lateness?.periods).toBe(periods);
  });

  it('says times as the clocks of the zone show them', () => {
    const by = policy({ unit: 'points', amount: 1 }, { due: '2026-10-24T20:00[Europe/Berlin]' });
    expect(late(9, by, '2026-10-25T19:00Z').lateness?.message).toContain(
      'Handed in on 25 October 2026, 20:00 (Europe/Berlin), 1 day 1 hour after 24 October 2026, 20:00 (Europe/Berlin): 1 point of 9 deducted',
    );
  });

  it.each([
    [
      'an offset that no clock went to',
      '2026-11-20T20:00+01:00',
      '2026-11-21T19:30+00:00',
      'day',
      2,
      2,
    ],
    ['UTC in no week of a change', '2026-11-20T20:00+01:00', '2026-11-21T19:30Z', 'day', 2, 2],
    [
      'UTC as "+00:00" in the week of a change',
      '2026-10-24T20:00+02:00',
      '2026-10-25T18:30+00:00',
      'day',
      1,
      2,
    ],
    ['London', '2026-10-24T20:00+01:00', '2026-10-25T20:00+00:00', 'day', 1, 1],
    ['New York', '2026-10-31T20:00-04:00', '2026-11-01T20:00-05:00', 'day', 1, 1],
    ['spring in UTC', '2026-03-28T20:00+01:00', '2026-03-29T18:30Z', 'day', 1, 2],
    [
      'hours between times without offset',
      '2026-10-24T23:59+02:00',
      '2026-10-25 04:30',
      'hour',
      5,
      6,
    ],
    [
      'hours between times with offsets',
      '2026-10-24T23:59+02:00',
      '2026-10-25T04:30+01:00',
      'hour',
      6,
      6,
    ],
    ['a due time in UTC', '2026-10-24T20:00Z', '2026-10-25T20:00Z', 'day', 1, 1],
  ])('tells %s without a zone', (_, due, submitted, per, periods, most) => {
    const by = policy({ unit: 'points', amount: 1 }, { due, per });
    expect(lateBy(by, { submitted, due: null })).toMatchObject({ periods, most });
  });

  it.each([
    '2026-10-24T20:00[Europe/Atlantis]',
    '2026-10-24T20:00+01:00[Europe/Berlin]',
    '2026-10-24T20:00[CET]',
  ])('does not take %s for a time', async (due) => {
    const error = await problemOf(() => policy({ unit: 'points', amount: 1 }, { due }));
    expect(error.code).toBe('late-policy-invalid');
  });

  it('says how it was reckoned', () => {
    expect(late(9, daily, '2026-11-23T00:00+01:00').lateness?.message).toBe(
      'Handed in on 23 November 2026, 00:00 (+01:00), 2 days after 20 November 2026, 23:59 (+01:00): 3.6 points of 9 deducted (10 % of the 12 points for each day begun, 3 days).',
    );
  });

  it('honours an extension and leaves a grade without score alone', () => {
    expect(late(9, daily, '2026-11-22T00:00+01:00', '2026-11-25T00:00+01:00').score).toBe(9);
    expect(late(null, daily, '2026-11-22T00:00+01:00').score).toBeNull();
  });

  it('wants an offset in its own time', async () => {
    const error = await problemOf(() =>
      parseLatePolicy({ due: '2026-11-20T23:59', deduct: { unit: 'points', amount: 1 } }),
    );
    expect(error.code).toBe('late-policy-invalid');
  });
});

describe('gradeBatch with a policy for late hand-ins', () => {
  let folder: ClassFolder;
  beforeEach(() => {
    folder = new ClassFolder();
  });
  afterEach(() => folder.remove());

  it('tells for whom a change of the clocks may make a difference', async () => {
    for (const student of ['amy', 'ben', 'cid']) {
      folder.placeSubmission(`class/${student}`, '## Question 2\n\n5 s\n', false);
    }
    const times = folder.place(
      'times.csv',
      'student,submitted\namy,2026-10-25T18:30:00Z\nben,2026-10-25T21:30:00Z\ncid,2026-10-25T19:30+01:00\n',
    );
    const graded = async (due: string): Promise<unknown> => {
      const late = policy({ unit: 'points', amount: 0.25 }, { due });
      const result = await gradeBatch(folder.options({ times, late, fresh: true }));
      return {
        days: [...result.grades].map(({ lateness }) => lateness?.periods),
        doubts: result.notes
          .filter(({ kind }) => kind === 'late-by-clock')
          .map(({ message }) => message),
      };
    };
    expect(await graded('2026-10-24T20:00+02:00')).toEqual({
      days: [1, 2, 1],
      doubts: [
        expect.stringContaining(
          'amy is 1 or 2 days late, as clocks may have changed in between: 1 counted.',
        ),
      ],
    });
    expect(await graded('2026-10-24T20:00+02:00[Europe/Berlin]')).toEqual({
      days: [1, 2, 1],
      doubts: [],
    });
  });

  it('takes the times from the roster and shows the deduction beside the questions', async () => {
    for (const student of ['amy', 'ben', 'cid']) {
      folder.placeSubmission(`class/${student}`, '## Question 2\n\n5 s\n', false);
    }
    const roster = folder.place(
      'roster.csv',
      'id,name,submitted,due\namy,Amy,2026-11-20 20:00,\nben,Ben,2026-11-21 10:00,\ncid,Cid,,\n',
    );
    const result = await gradeBatch(
      folder.options({ roster, late: policy({ unit: 'points', amount: 0.25 }) }),
    );
    expect([...result.grades].map(({ score, lateness }) => [score, lateness?.deduction])).toEqual([
      [1, 0],
      [0.75, 0.25],
      [1, undefined],
    ]);
    expect(result.warnings).toEqual(['Nobody says when cid handed in, so nothing was deducted.']);
    const [header, , ben] = readFileSync(folder.at('out/grades.csv'), 'utf8').split('\r\n');
    expect(header?.split(',').at(-1)).toBe('late_deduction');
    expect(ben?.split(',')[3]).toBe('0.75');
    expect(ben?.split(',').at(-1)).toBe('0.25');
  });
});

it.each([
  ['2026-11-20T23:59+01:00', '20 November 2026, 23:59 (+01:00)'],
  ['2026-01-05 08:00:07.123 -0800', '5 January 2026, 08:00 (-08:00)'],
  ['2026-03-09T10:00:00Z', '9 March 2026, 10:00 (UTC)'],
  ['2026-03-09 10:00', '9 March 2026, 10:00'],
  ['last Tuesday', 'last Tuesday'],
])('%s reads as %s, in whatever time zone', (written, readable) => {
  expect(readableInstant(written)).toBe(readable);
});
