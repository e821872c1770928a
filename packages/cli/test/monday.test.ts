import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesInZip } from './files-in-zip.ts';
import { type Outcome, runInProcess } from './harness.ts';
import { WHY_LAB } from './why-lab.ts';

let work: string;
const at = (...path: string[]): string => join(work, ...path);
const place = async (path: string, content: string | Uint8Array): Promise<string> => {
  await mkdir(join(at(path), '..'), { recursive: true });
  await writeFile(at(path), content);
  return at(path);
};
const read = (...path: string[]): Promise<string> => readFile(at(...path), 'utf8');
const run = (...args: string[]): Promise<Outcome> => runInProcess(args, at('cache'));
const grade = (...more: string[]): Promise<Outcome> =>
  run(
    ...['--labs', at('labs'), 'grade', at('download'), '--lab', 'why', '--out', at('graded')],
    ...more,
  );
/** Fills in points for everybody, as a reader does with a spreadsheet. */
const fillIn = async (points: Readonly<Record<string, number>>): Promise<void> => {
  let table = await read('graded', 'reviews.csv');
  for (const [row, given] of Object.entries(points)) {
    const line = new RegExp(`^(${row}:q1,.*?,2),,`, 'mu');
    expect(table).toMatch(line);
    table = table.replace(line, `$1,${given},`);
  }
  await writeFile(at('graded', 'reviews.csv'), table);
};

const ANSWER = '## Question 1: Why\n\nBecause of the light.\n';

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-monday-'));
  await place('labs/why/lab.yaml', WHY_LAB);
  await place('labs/why/introduction.md', 'Why.\n');
});
afterEach(() => rm(work, { recursive: true, force: true }));

describe('a Monday with Moodle', () => {
  const WORKSHEET = [
    'Identifier;Full name;ID number;Email address;Status;Grade;Maximum grade;Grade can be changed;Last modified (submission);Last modified (grade);Feedback comments',
    'Participant 101;Amy Doe;;amy@x.org;Submitted for grading;;4,00;Yes;Friday, 20 November 2026, 11:58 PM;-;',
    'Participant 102;Bob Roe;s2;bob@x.org;Submitted for grading;;4,00;Yes;Saturday, 21 November 2026, 9:30 AM;-;see me',
    'Participant 103;Cai Lin;s3;cai@x.org;No submission;;4,00;Yes;-;-;',
  ].join('\r\n');

  beforeEach(async () => {
    await place('download/Amy Doe_101_assignsubmission_file_/answers.md', ANSWER);
    await place('download/Bob Roe_102_assignsubmission_file_/answers.md', ANSWER);
    // As Excel saves it: UTF-16 with its mark.
    await place('worksheet.csv', Buffer.from(`\u{FEFF}${WORKSHEET}`, 'utf16le'));
    await place(
      'late.json',
      '{"due":"2026-11-20T23:59+01:00","deduct":{"unit":"points","amount":1}}',
    );
  });

  it('needs the download and the grading worksheet, and gives back what Moodle takes', async () => {
    const first = await grade('--roster', at('worksheet.csv'), '--late', at('late.json'));
    // Cai handed in nothing.
    expect(first.exitCode, first.err).toBe(1);
    expect(first.err).toContain('no submission from cai@x.org (Cai Lin)');
    await fillIn({ 'amy@x.org': 2, 'bob@x.org': 1.5 });
    expect((await run('grade', at('graded'))).out).toContain('2 grades change');

    const exported = await run('export', at('graded'));
    expect(exported.exitCode, exported.err).toBe(0);
    expect(await read('graded', 'export', 'moodle.csv')).toBe(
      [
        'Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Grade can be changed,Last modified (submission),Last modified (grade)',
        'Participant 101,Amy Doe,,amy@x.org,Submitted for grading,4,"4,00",Yes,"Friday, 20 November 2026, 11:58 PM",',
        'Participant 102,Bob Roe,s2,bob@x.org,Submitted for grading,2.5,"4,00",Yes,"Saturday, 21 November 2026, 9:30 AM",',
        '',
      ].join('\r\n'),
    );

    const returned = await run('return', at('graded'));
    expect(returned.exitCode, returned.err).toBe(0);
    expect(returned.out).toBe(`${at('graded', 'return', 'moodle-feedback.zip')}\n`);
    const zip = await readFile(at('graded', 'return', 'moodle-feedback.zip'));
    const files = filesInZip(zip);
    expect([...files.keys()]).toEqual([
      'Amy Doe_101_assignsubmission_file_/report.pdf',
      'Bob Roe_102_assignsubmission_file_/report.pdf',
    ]);
    for (const { content } of files.values()) expect(content.slice(0, 5)).toBe('%PDF-');
    // The same reports again are the same bytes.
    await run('return', at('graded'));
    expect(await readFile(at('graded', 'return', 'moodle-feedback.zip'))).toEqual(zip);
  });

  it('gives nothing back while points wait, unless told, and then the report says so', async () => {
    await grade('--roster', at('worksheet.csv'));
    const stopped = await run('return', at('graded'));
    expect(stopped.exitCode).toBe(1);
    expect(stopped.err).toContain('stop: 4 points of amy@x.org, bob@x.org need manual grading');
    expect(existsSync(at('graded', 'return'))).toBe(false);
    const asIs = await run('return', at('graded'), '--unfinished', 'as-is', '--html');
    expect(asIs.exitCode, asIs.err).toBe(0);
    expect(asIs.err).toContain('their reports go back and say so');
    const files = filesInZip(await readFile(at('graded', 'return', 'moodle-feedback.zip')));
    const page = [...files.values()].map(({ content }) => content).join('');
    expect(page).toMatch(/needs? manual grading/iu);
    expect(page).not.toContain('says light');

    await fillIn({ 'amy@x.org': 2 });
    await run('grade', at('graded'));
    const some = await run('return', at('graded'), '--unfinished', 'leave-out', '--html');
    expect(some.exitCode, some.err).toBe(0);
    const left = filesInZip(await readFile(at('graded', 'return', 'moodle-feedback.zip')));
    expect([...left.keys()]).toEqual(['Amy Doe_101_assignsubmission_file_/report.html']);
  });

  it('takes a worksheet that has nothing but Moodle’s own numbers', async () => {
    const numbers = WORKSHEET.replaceAll(/^((?:[^;]*;){2})[^;]*;[^;]*;/gmu, '$1');
    await place('worksheet.csv', numbers);
    const { err } = await grade('--roster', at('worksheet.csv'));
    expect(err).toContain('no submission from 103 (Cai Lin)');
    await fillIn({ '101': 2, '102': 2 });
    await run('grade', at('graded'));
    const exported = await run('export', at('graded'));
    expect(exported.exitCode, exported.err).toBe(0);
    expect(await read('graded', 'export', 'moodle.csv')).toContain(
      'Participant 102,Bob Roe,Submitted for grading,4,',
    );
  });

  it('stops where Moodle would pass over a grade or a report without a word', async () => {
    await place('worksheet.csv', WORKSHEET.replaceAll('4,00', '3,00'));
    await grade('--roster', at('worksheet.csv'));
    await fillIn({ 'amy@x.org': 2, 'bob@x.org': 0 });
    await run('grade', at('graded'));
    const { exitCode, err } = await run('export', at('graded'));
    expect(exitCode).toBe(1);
    expect(err).toContain('amy@x.org: more points than the 3,00 that Moodle has');
    const other = await place(
      'other.csv',
      WORKSHEET.replaceAll(/Participant 10/gu, 'Participant 20'),
    );
    const returned = await run('return', at('graded'), '--roster', other);
    expect(returned.exitCode).toBe(1);
    expect(returned.err).toContain('the grading worksheet has no such participant');
  });
});

describe('a Monday with Canvas', () => {
  const GRADEBOOK = [
    '\u{FEFF}Student,ID,SIS User ID,SIS Login ID,Section,Why (77),Final Score',
    ',,,,,Manual Posting,(read only)',
    '    Points Possible,,,,,4,(read only)',
    '"Doe, Amy",1011,,,S1,,90',
    '"Roe, Bob",1012,,,S1,,80',
    '"Lin, Cai",1013,,,S1,,70',
    '"Poe, Dan",1014,,,S1,,60',
    '"Student, Test",1999,,,S1,,',
  ].join('\r\n');

  it('needs the download and the gradebook, and gives back what Canvas takes', async () => {
    await place('download/doeamy_1011_90001_answers.md', ANSWER);
    await place(
      'download/roebob_LATE_1012_90002_answers.html',
      '<h2>Question 1: Why</h2><p>Because of the light.</p>',
    );
    await place('download/lincai_1013_90003_answers.docx', 'no document at all');
    const gradebook = await place('gradebook.csv', GRADEBOOK);
    const first = await grade('--roster', gradebook);
    expect(first.err).toContain('no submission from 1014 (Poe, Dan)');
    await fillIn({ '1011': 1, '1012': 2 });
    await run('grade', at('graded'));

    const exported = await run('export', at('graded'));
    expect(exported.exitCode, exported.err).toBe(0);
    expect(exported.err).not.toContain('Manual');
    expect(await read('graded', 'export', 'canvas.csv')).toBe(
      [
        'Student,ID,SIS User ID,SIS Login ID,Section,Why (77)',
        'Points Possible,,,,,4',
        '"Doe, Amy",1011,,,S1,3',
        '"Roe, Bob",1012,,,S1,4',
        '"Lin, Cai",1013,,,S1,0',
        '',
      ].join('\r\n'),
    );

    const { exitCode, err } = await run('return', at('graded'), '--html');
    expect(exitCode, err).toBe(0);
    expect(err).toContain('1013: Canvas takes a file back only in the place of one');
    const files = filesInZip(await readFile(at('graded', 'return', 'canvas-submissions.zip')));
    expect([...files.keys()]).toEqual([
      'doeamy_1011_90001_answers.md',
      'roebob_LATE_1012_90002_answers.html',
    ]);
    const [text, page] = [...files.values()].map(({ content }) => content);
    expect(text).toContain('Why: 3 of 4 points.');
    expect(page).toMatch(/^<!doctype html>/u);
    const comments: unknown = JSON.parse(await read('graded', 'return', 'canvas-comments.json'));
    expect(comments).toMatchObject({
      grade_data: {
        1011: { text_comment: expect.stringContaining('3 of 4 points') },
        1012: { text_comment: expect.stringContaining('4 of 4 points') },
        1013: { text_comment: expect.stringContaining('0 of 4 points') },
      },
    });
  });
});

describe('work of a group, and letters', () => {
  beforeEach(async () => {
    await place(
      'download/submission_metadata.yml',
      'submission_1:\n  :submitters:\n  - :name: Amy Doe\n    :sid: amy\n    :email: amy@x.org\n  - :name: Bob Roe\n    :sid: bob\n    :email: bob@x.org\n',
    );
    await place('download/submission_1/answers.md', ANSWER);
    await place('roster.csv', 'sid,name,email\namy,Amy Doe,amy@x.org\nbob,Bob Roe,bob@x.org\n');
  });

  it('goes back to every member, in folders with what to write', async () => {
    await grade('--roster', at('roster.csv'));
    await fillIn({ amy: 2, bob: 2 });
    await run('grade', at('graded'));
    const args = ['return', at('graded'), '--format', 'folders', '--html', '--json'];
    const { exitCode, out, err } = await run(...args);
    expect(exitCode, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'folders',
      students: ['amy', 'bob'],
      stops: [],
    });
    expect(await read('graded', 'return', 'folders', 'mail-merge.csv')).toBe(
      [
        'student,name,email,score,waits,max,subject,message,report',
        'amy,Amy Doe,amy@x.org,4,0,4,Why: your report,amy/message.txt,amy/report.html',
        'bob,Bob Roe,bob@x.org,4,0,4,Why: your report,bob/message.txt,bob/report.html',
        '',
      ].join('\r\n'),
    );
    expect(await read('graded', 'return', 'folders', 'bob', 'message.txt')).toBe(
      'Why: 4 of 4 points.\n\nQuestion 1, Why: 4 of 4\n',
    );
    expect(await read('graded', 'return', 'folders', 'bob', 'report.html')).toContain('Bob Roe');

    // Who is in the class no more gets no letter, and what is somebody's own stays.
    await rm(at('download'), { recursive: true });
    await place('download/amy/answers.md', ANSWER);
    await run('grade', at('graded'));
    await run(...args);
    expect(existsSync(at('graded', 'return', 'folders', 'bob'))).toBe(false);
    await place('mine/folders/thesis.txt', 'mine');
    const refused = await run(...args, '--out', at('mine'));
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('[return-folder-in-use]');
    expect(existsSync(at('mine', 'folders', 'thesis.txt'))).toBe(true);
  });

  it('goes back to nobody whom the platform could not know', async () => {
    await grade('--roster', at('roster.csv'));
    await fillIn({ amy: 2, bob: 2 });
    await run('grade', at('graded'));
    for (const format of ['moodle', 'canvas']) {
      const { exitCode, err } = await run('return', at('graded'), '--format', format, '--html');
      expect(exitCode).toBe(1);
      expect(err).toMatch(
        /stop: amy, bob: no (?:participant )?number of (?:Moodle|Canvas) is known/u,
      );
    }
    const gradescope = await run('return', at('graded'));
    expect(gradescope.exitCode, gradescope.err).toBe(0);
    expect(gradescope.out).toContain(at('graded', 'return', 'gradescope', 'bob', 'results.json'));
  });
});
