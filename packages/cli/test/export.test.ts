import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labs } from '@labproof/exercises';
import { type Grade, refusedGrade } from '@labproof/grader';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Outcome, runInProcess } from './harness.ts';

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-export-'));
  await mkdir(join(work, 'graded'));
  await place('amy', { score: 7 });
  await writeFile(
    join(work, 'canvas.csv'),
    'Student,ID,SIS User ID,SIS Login ID,Section,Lab (42)\n    Points Possible,,,,,21\n"Doe, Amy",1,,amy,A,\n',
  );
});
afterEach(() => rm(work, { recursive: true, force: true }));

/** Makes the graded folder one of this student alone. */
async function place(student: string, over: Partial<Grade>): Promise<void> {
  await placeAll([{ student, over }]);
}

async function placeAll(
  students: readonly { readonly student: string; readonly over: Partial<Grade> }[],
): Promise<void> {
  const problem = { code: 'none', message: 'Nothing.', fix: 'Again.' };
  const lab = new Labs().find('image-recognition');
  const grades = students.map(({ student, over }): Grade => ({
    ...refusedGrade({ lab, student, name: null }, problem),
    status: 'final',
    problem: null,
    ...over,
  }));
  await writeFile(join(work, 'graded', 'grades.json'), JSON.stringify(grades));
}

const run = (...args: string[]): Promise<Outcome> =>
  runInProcess(['export', join(work, 'graded'), ...args], work);

describe('labproof export', () => {
  it('writes what Canvas takes, from its own gradebook', async () => {
    const gradebook = ['--gradebook', join(work, 'canvas.csv')];
    const { exitCode, out, err } = await run('--format', 'canvas', ...gradebook);
    expect(exitCode, err).toBe(0);
    const path = join(work, 'graded', 'export', 'canvas.csv');
    expect(out).toBe(`${path}\n`);
    expect(await readFile(path, 'utf8')).toBe(
      'Student,ID,SIS User ID,SIS Login ID,Section,Lab (42)\r\nPoints Possible,,,,,21\r\n"Doe, Amy",1,,amy,A,7\r\n',
    );
  });

  it('writes nothing, with exit code 1, where something stops it', async () => {
    await place('zoe', { score: 7, pending: 2, status: 'needs-review' });
    const out = join(work, 'elsewhere');
    const args = ['--format', 'canvas', '--gradebook', join(work, 'canvas.csv'), '--out', out];
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(1);
    expect(err).toContain('stop: 2 points of zoe need manual grading');
    expect(err).toContain('stop: zoe: no such user');
    expect(existsSync(out)).toBe(false);
    const json = await run(...args, '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      files: [],
      stops: [expect.any(String), expect.any(String)],
    });
  });

  it('writes the others and names whose id a spreadsheet would run, with exit code 1', async () => {
    await placeAll([
      { student: 'amy', over: { score: 7 } },
      { student: 'dash', over: { id: '-dash', name: 'Dan Dash', score: 9 } },
    ]);
    const { exitCode, out, err } = await run('--format', 'nbgrader');
    expect(exitCode).toBe(1);
    expect(err).toContain('left out: -dash (Dan Dash) is left out: the id begins like a formula');
    expect(err).toContain('Enter this grade by hand: 9 of 70 points.');
    const path = join(work, 'graded', 'export', 'nbgrader.csv');
    expect(out).toBe(`${path}\n`);
    expect((await readFile(path, 'utf8')).trim().split('\r\n')).toHaveLength(2);
    const json = await run('--format', 'nbgrader', '--json', '--dry-run');
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      stops: [],
      leftOut: [{ student: 'dash', id: '-dash', name: 'Dan Dash', points: 9 }],
      students: [{ student: 'amy' }],
    });
  });

  it('says what it would write and for whom, and writes and remembers nothing', async () => {
    const out = join(work, 'elsewhere');
    const args = ['--format', 'csv', '--out', out, '--dry-run'];
    const dry = await run(...args);
    expect(dry.exitCode, dry.err).toBe(0);
    expect(dry.out).toBe(`would write ${join(out, 'grades.csv')}: points of 1 student\namy    7\n`);
    expect(dry.err).toContain('Nothing was written.');
    expect(JSON.parse((await run(...args, '--json')).out)).toMatchObject({
      files: [],
      dryRun: true,
      wouldWrite: [join(out, 'grades.csv')],
      students: [{ student: 'amy', id: 'amy', name: null, points: 7 }],
    });
    expect(existsSync(out)).toBe(false);
    await place('zoe', { score: 7, pending: 2, status: 'needs-review' });
    const stopped = await run(...args);
    expect(stopped).toMatchObject({ exitCode: 1, out: '' });
    expect(stopped.err).toContain('stop: 2 points of zoe need manual grading');
  });

  it.each([
    [['--format', 'canvvas'], /--format canvvas: it takes one of canvas/u],
    [[], /--format/u],
    [['--format', 'csv', '--colunm', 'x'], /Did you mean --column/u],
    [['--format', 'csv', '--gradebook', '/nowhere.csv'], /csv-unreadable/u],
  ])('refuses %s with exit code 2', async (args, message) => {
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });

  it('says what to name where nothing was graded', async () => {
    const { exitCode, err } = await runInProcess(['export', work, '--format', 'csv'], work);
    expect(exitCode).toBe(2);
    expect(err).toContain('[export-no-grades]');
  });
});
