import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchResult, gradeBatch } from '../../src/results/grade-batch.ts';
import { csvCell, csvText } from '../../src/tables/csv-cell.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
  folder.placeSubmission('class/amy', '## Question 1\n\nSorting parcels helps the post.\n', false);
  folder.placeSubmission('class/bob', '## Question 1\n\n=HYPERLINK("http://x","y"); -1\n', false);
});
afterEach(() => folder.remove());

function table(): Record<string, string>[] {
  return parse(readFileSync(folder.at('out/reviews.csv'), 'utf8'), { columns: true });
}

function fillIn(changes: Record<string, Record<string, string>>): string {
  const rows = table().map((row) => ({ ...row, ...changes[row['student'] ?? ''] }));
  const columns = Object.keys(rows[0] ?? {});
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => {
    const cells: Record<string, string> = row;
    return columns.map((column) => quoted(cells[column] ?? '')).join(';');
  });
  return folder.place('filled.csv', `\u{FEFF}${[columns.join(';'), ...lines].join('\r\n')}\r\n`);
}

const scores = ({ summaries }: BatchResult): string[] =>
  summaries.map(({ student, score, pending }) => `${student} ${score} ${pending}`);

describe('the table of reviews', () => {
  it('lists what waits, is filled in, given back, and survives every later grading', async () => {
    await gradeBatch(folder.options());
    expect(
      table().map((row) => [row['student'], row['question'], row['max'], row['state']]),
    ).toEqual([
      ['amy', 'q1', '2', 'waiting'],
      ['bob', 'q1', '2', 'waiting'],
    ]);
    expect(table()[0]?.['rubric']).toBe('a use (2): A real task.');
    expect(table()[1]?.['answer']).toMatch(/^'=HYPERLINK/u);

    const reviews = fillIn({ amy: { points: '1,5', comment: 'whom?' }, bob: { points: '0' } });
    expect(scores(await gradeBatch(folder.options({ reviews })))).toEqual(['amy 1.5 0', 'bob 0 0']);
    // The points stand in the folder now: they need not be given again, nor are they lost when others are.
    expect(scores(await gradeBatch(folder.options()))).toEqual(['amy 1.5 0', 'bob 0 0']);
    const one = folder.place('one.csv', 'student,question,points\nbob,q1,2\n');
    const result = await gradeBatch(folder.options({ reviews: one, fresh: true }));
    expect(scores(result)).toEqual(['amy 1.5 0', 'bob 2 0']);
    expect(table().map((row) => [row['points'], row['comment'], row['state']])).toEqual([
      ['1.5', 'whom?', 'given'],
      ['2', '', 'given'],
    ]);
    // A row without points takes them back.
    const back = folder.place('back.json', '[{"student":"bob","question":"q1","points":null}]');
    expect(scores(await gradeBatch(folder.options({ reviews: back })))).toEqual([
      'amy 1.5 0',
      'bob 0 2',
    ]);
  });

  it('does not count points for an answer that has changed since', async () => {
    await gradeBatch(folder.options());
    await gradeBatch(
      folder.options({ reviews: fillIn({ amy: { points: '2', comment: 'good' } }) }),
    );
    folder.place('class/amy/answers.md', '## Question 1\n\nNo idea.\n');
    const result = await gradeBatch(folder.options());
    expect(scores(result)).toEqual(['amy 0 2', 'bob 0 2']);
    expect(result.warnings).toEqual([
      'The 2 points for amy, q1, are stale: the answer has changed since it was read, so it needs manual grading again.',
      expect.stringMatching(/the former table is kept as reviews-before-[0-9a-f]{12}\.csv/u),
    ]);
    expect([...result.grades][0]?.outcomes[0]?.checks[0]?.message).toContain(
      'A person gave 2 points in all for an earlier version of this answer',
    );
    expect(table()[0]).toMatchObject({
      state: 'stale',
      points: '',
      comment: 'good',
      former_points: '2',
    });
    expect(result.changes.map(({ student, causes }) => [student, causes])).toEqual([
      ['amy', ['another submission was graded']],
    ]);
    // Graded again, nothing is lost a second time; with the answer that was read, its points are back.
    expect((await gradeBatch(folder.options())).warnings).toHaveLength(1);
    folder.place('class/amy/answers.md', '## Question 1\n\nSorting parcels helps the post.\n');
    expect(scores(await gradeBatch(folder.options()))).toEqual(['amy 2 0', 'bob 0 2']);
    expect(table()[0]).toMatchObject({ state: 'given', points: '2', comment: 'good' });
  });

  it('keeps the points of students who are not graded now', async () => {
    await gradeBatch(folder.options());
    await gradeBatch(folder.options({ reviews: fillIn({ amy: { points: '2' } }) }));
    const result = await gradeBatch(folder.options({ paths: [folder.at('class/bob')] }));
    expect(result.warnings).toEqual([
      'amy was graded here before and is not among these submissions; the folder with the earlier grade stays where it is.',
      expect.stringMatching(/there is no submission of "amy"\. The 2 points of that row/u),
    ]);
    expect(table().map((row) => [row['row'], row['points'], row['state']])).toEqual([
      ['bob:q1', '', 'waiting'],
      ['amy:q1', '2', 'kept'],
    ]);
    expect(result.changes.map(({ student, kind }) => `${student} ${kind}`)).toEqual([
      'amy removed',
    ]);
    expect(scores(await gradeBatch(folder.options()))).toEqual(['amy 2 0', 'bob 0 2']);
  });

  it('keeps the points of a student whose folder has another name now, until somebody says whose they are', async () => {
    await gradeBatch(folder.options());
    await gradeBatch(folder.options({ reviews: fillIn({ amy: { points: '2' } }) }));
    renameSync(folder.at('class/amy'), folder.at('class/amelia'));
    expect(scores(await gradeBatch(folder.options()))).toEqual(['amelia 0 2', 'bob 0 2']);
    const moved = readFileSync(folder.at('out/reviews.csv'), 'utf8');
    // The row of amelia that waits stays beside it.
    folder.place('out/reviews.csv', moved.replace('amy:q1,amy,', 'amelia:q1,amelia,'));
    expect(scores(await gradeBatch(folder.options()))).toEqual(['amelia 2 0', 'bob 0 2']);
    expect(table()).toHaveLength(2);
  });

  it('keeps points that are more than a question has now', async () => {
    await gradeBatch(folder.options());
    await gradeBatch(folder.options({ reviews: fillIn({ amy: { points: '2' } }) }));
    const { lab } = folder.options();
    const less = {
      ...lab,
      questions: lab.questions.map((question) =>
        question.id === 'q1'
          ? { ...question, checks: question.checks.map((check) => ({ ...check, points: 1 })) }
          : question,
      ),
    };
    const result = await gradeBatch(folder.options({ lab: less }));
    expect(result.warnings.join()).toMatch(/2 points are more than the 1 of q1/u);
    expect(table().find(({ state }) => state === 'kept')).toMatchObject({ points: '2' });
    // A reader gives what there is now; neither is lost, and today's counts until it is taken out.
    const again = readFileSync(folder.at('out/reviews.csv'), 'utf8');
    const line = again
      .split('\r\n')
      .find((text) => text.startsWith('amy:q1,') && text.includes('waiting'));
    const filled = (line ?? '').replace(',1,,,waiting', ',1,1,,waiting');
    folder.place('out/reviews.csv', again.replace(line ?? '', filled));
    expect(scores(await gradeBatch(folder.options({ lab: less })))[0]).toBe('amy 1 0');
    const both = await gradeBatch(folder.options());
    expect(scores(both)[0]).toBe('amy 1 0');
    expect(both.warnings.join()).toContain('another row of amy for q1 has points, which count');
    const taken = readFileSync(folder.at('out/reviews.csv'), 'utf8');
    folder.place('out/reviews.csv', taken.replace(/^(amy:q1,.*),1,,given,/mu, '$1,,,given,'));
    expect(scores(await gradeBatch(folder.options()))[0]).toBe('amy 2 0');
    expect(table().map((row) => [row['row'], row['points'], row['state']])).toEqual([
      ['amy:q1', '2', 'given'],
      ['bob:q1', '', 'waiting'],
    ]);
  });

  it('says which rows with points are gone from the table, and keeps it as it was written', async () => {
    await gradeBatch(folder.options());
    const points = { amy: { points: '2' }, bob: { points: '1' } };
    await gradeBatch(folder.options({ reviews: fillIn(points) }));
    const whole = readFileSync(folder.at('out/reviews.csv'), 'utf8');
    const now = (): string => '2026-11-27';
    folder.place('out/reviews.csv', whole.replace(/^amy:q1.*\r\n/mu, ''));
    const result = await gradeBatch(folder.options({ now }));
    expect(scores(result)[0]).toBe('amy 0 2');
    expect(result.warnings).toEqual([
      expect.stringMatching(/^1 row with points that .* no more \(amy:q1\), .*2026-11-27\.csv:/u),
    ]);
    expect(readFileSync(folder.at('out/reviews-before-2026-11-27.csv'), 'utf8')).toBe(whole);
    expect((await gradeBatch(folder.options({ now }))).warnings).toEqual([]);
    // A second loss on the same day takes nothing from the first copy.
    rmSync(folder.at('out/reviews.csv'));
    const again = await gradeBatch(folder.options({ now }));
    expect(again.warnings.join()).toMatch(/\(bob:q1\).*reviews-before-2026-11-27-2\.csv/u);
    expect(readFileSync(folder.at('out/reviews-before-2026-11-27.csv'), 'utf8')).toBe(whole);
    const copy = folder.at('out/reviews-before-2026-11-27.csv');
    const back = await gradeBatch(folder.options({ reviews: copy }));
    expect(scores(back)).toEqual(['amy 2 0', 'bob 1 0']);
  });

  it('stops where two rows of today have points', async () => {
    await gradeBatch(folder.options());
    folder.place('out/reviews.csv', 'student,question,points\namy,q1,1\namy,q1,2\n');
    const problem = await problemOf(() => gradeBatch(folder.options()));
    expect(problem.message).toContain('amy has a second row for q1');
  });

  it('is not written over where somebody has saved it meanwhile', async () => {
    await gradeBatch(folder.options());
    const typed = fillIn({ amy: { points: '2' } });
    const result = await gradeBatch(
      folder.options({
        fresh: true,
        onProgress: () => folder.place('out/reviews.csv', readFileSync(typed, 'utf8')),
      }),
    );
    expect(result.warnings.join()).toContain('was changed while the class was graded');
    expect(scores(await gradeBatch(folder.options()))).toEqual(['amy 2 0', 'bob 0 2']);
  });

  it.each([
    ['comma', 'student,question,points\namy,q1,"0,5"\n'],
    ['semicolon', 'student;question;points\namy;q1;0,5\n'],
    ['semicolon with words', 'student;question;points;comment\namy;q1;0,5;fine, but short\n'],
    ['tab', 'student\tquestion\tpoints\namy\tq1\t0,5\n'],
    ['a line that says it', 'sep=;\r\nstudent;question;points\r\namy;q1;0,5\r\n'],
    ['a row of its own', 'row;student;question;points\namy:q1;amy;q1;0,5\n'],
  ])('is read with its separator settled once: %s', async (_, text) => {
    await gradeBatch(folder.options());
    const reviews = folder.place('given.csv', text);
    expect(scores(await gradeBatch(folder.options({ reviews })))[0]).toBe('amy 0.5 0');
    expect(table()[0]?.['points']).toBe('0.5');
  });

  it.each([
    ['student,question,points\namy,q1,0,5\n', 'row 2 has more cells than the table has columns'],
    ['student,question,points,comment\namy,q1,0,5,ok\n', 'row 2 has more cells'],
    [
      'student,question,points,comment\namy,q1,0,5\n',
      'row 2: 0 points and "5" behind them, or 0.5',
    ],
  ])('stops where a decimal comma has torn a number: %j', async (text, why) => {
    await gradeBatch(folder.options());
    const reviews = folder.place('given.csv', text);
    expect((await problemOf(() => gradeBatch(folder.options({ reviews })))).message).toContain(why);
  });

  it('is read as Excel saves it: UTF-16 with tabs, Windows-1252 with semicolons', async () => {
    await gradeBatch(folder.options());
    const text = 'student;question;points;comment\r\namy;q1;1,5;schön\r\n';
    const utf16 = Buffer.from(`\uFEFF${text.replaceAll(';', '\t')}`, 'utf16le');
    for (const bytes of [utf16, utf16.subarray(2), Buffer.from(text, 'latin1')]) {
      writeFileSync(folder.at('excel.csv'), bytes);
      const result = await gradeBatch(folder.options({ reviews: folder.at('excel.csv') }));
      expect(scores(result)[0]).toBe('amy 1.5 0');
      expect(table()[0]?.['comment']).toBe('schön');
    }
  });

  it('tells what a spreadsheet has made of a number, and guesses nothing', async () => {
    folder.placeSubmission('class/007', '## Question 1\n\nMail.\n', false);
    await gradeBatch(folder.options());
    const given = async (text: string): Promise<string> =>
      gradeBatch(folder.options({ reviews: folder.place('given.csv', text) })).then(
        (result) => scores(result).join(),
        (error: Error) => error.message,
      );
    expect(await given('student,question,points\n7,q1,2\n')).toContain(
      'has a spreadsheet taken the zeros off 007?',
    );
    expect(await given('student,question,points\n1.23E+14,q1,2\n')).toContain(
      'a spreadsheet has shortened a long number',
    );
    expect(await given('student,question,points,answer_digest\namy,q1,2,1.23457E+15\n')).toContain(
      'is no digest of an answer',
    );
    expect(await given('student,question,points\namy,q1,01. Mai\n')).toContain('made a date of it');
    expect(await given('row,student,question,points\nbob:q1,amy,q1,2\n')).toContain(
      'its column "row" says bob and its column "student" says amy',
    );
    // What the table itself says of a row survives the spreadsheet.
    expect(await given('row,student,question,points\n007:q1,7,q1,2\n')).toContain('007 2 0');
  });

  it('takes no points from what a student wrote', async () => {
    folder.place('class/eve/answers.md', '## Question 1\n\nMail;q1;x;2;2;well done\n');
    folder.place(
      'class/eve/submission.json',
      '{"student": "eve", "name": "Eve;q1;x;2;2;well done"}',
    );
    await gradeBatch(folder.options());
    expect(scores(await gradeBatch(folder.options()))).toContain('eve 0 2');
    expect(readFileSync(folder.at('out/reviews.csv'), 'utf8')).not.toMatch(/(?<!")Mail;/u);
  });
});

describe('a dry run', () => {
  it('says what would change and changes nothing', async () => {
    await gradeBatch(folder.options());
    const before = readFileSync(folder.at('out/grades.json'), 'utf8');
    const reviews = fillIn({ amy: { points: '1' } });
    const dry = await gradeBatch(folder.options({ reviews, dryRun: true }));
    expect(dry.changes).toEqual([
      {
        student: 'amy',
        name: null,
        kind: 'changed',
        score: { before: 0, after: 1 },
        pending: { before: 2, after: 0 },
        status: { before: 'needs-review', after: 'final' },
        questions: [
          expect.objectContaining({
            question: 'q1',
            outcome: { before: 'needs-review', after: 'partial' },
            points: { before: 0, after: 1 },
          }),
        ],
        causes: [],
      },
    ]);
    expect(readFileSync(folder.at('out/grades.json'), 'utf8')).toBe(before);
    expect((await gradeBatch(folder.options())).changes).toEqual([]);
  });
});

describe('csvText', () => {
  it.each([
    ['a;=1+1', "a;'=1+1"],
    ['a\n=1+1', 'a =1+1'],
    ['x\u001B[31mred\u0007', 'x [31mred'],
    ['a\u202Etxt.exe', 'atxt.exe'],
    ['"=cmd', `"'=cmd`],
    ['a;\u200B＝1', "a;\u200B'＝1"],
  ])('%j', (text, safe) => {
    expect(csvText(text)).toBe(safe);
  });
});

describe('csvCell', () => {
  it.each(['=1', '＝1', '\u200B=1', '\u2060＋1', '﹣1', '＠x', ' =1', '\tx'])(
    'keeps a spreadsheet from running %j',
    (text) => {
      expect(csvCell(text).replace(/^"/u, '').startsWith("'")).toBe(true);
    },
  );

  it.each(['a;b', 'a,b', 'a\tb', 'a|b', 'a"b', 'a\nb', ' a'])(
    'quotes what anybody takes for the end of a cell: %j',
    (text) => {
      expect(csvCell(text)).toMatch(/^".*"$/su);
    },
  );
});
