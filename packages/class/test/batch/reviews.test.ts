import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchResult, gradeBatch } from '../../src/results/grade-batch.ts';
import { csvText } from '../../src/tables/csv-cell.ts';
import { ClassFolder } from '../support/class-folder.ts';

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
      'The 2 points for amy, q1, are stale: the answer has changed since it was read, so it waits for a person again.',
    ]);
    expect([...result.grades][0]?.outcomes[0]?.checks[0]?.message).toContain(
      'A person gave 2 points in all for an earlier version of this answer',
    );
    expect(table()[0]).toMatchObject({ state: 'stale', points: '', comment: 'good' });
    expect(result.changes.map(({ student, causes }) => [student, causes])).toEqual([
      ['amy', ['another submission was graded']],
    ]);
  });

  it('passes over rows of students who are gone', async () => {
    await gradeBatch(folder.options());
    await gradeBatch(folder.options({ reviews: fillIn({ amy: { points: '2' } }) }));
    const result = await gradeBatch(folder.options({ paths: [folder.at('class/bob')] }));
    expect(result.warnings).toEqual([
      'amy is in the results no more; the folder with the earlier grade was left where it is.',
      expect.stringContaining('there is no submission of "amy"'),
    ]);
    expect(result.changes.map(({ student, kind }) => `${student} ${kind}`)).toEqual([
      'amy removed',
    ]);
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
  ])('%j', (text, safe) => {
    expect(csvText(text)).toBe(safe);
  });
});
