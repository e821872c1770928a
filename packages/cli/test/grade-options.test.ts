import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Grade, GradeSchema } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BARS, writeBarsFiles } from './bars-lab.ts';
import { type Outcome, runInProcess } from './harness.ts';

const LAB = {
  ...BARS,
  id: 'late-bars',
  questions: [
    {
      id: 'q1',
      number: 1,
      title: 'Why',
      prompt: 'Why does it work?',
      exercise: null,
      checks: [
        { kind: 'free-text', points: 2, rubric: [{ concept: 'c', points: 2, lookFor: 'l' }] },
        { kind: 'word-count', points: 2, least: 3 },
      ],
    },
  ],
};

const LATE = {
  due: '2026-11-20T23:59+01:00',
  deduct: { unit: 'percent', amount: 25, of: 'max' },
};

describe('grading a download of a learning platform', () => {
  let work: string;
  const at = (...path: string[]): string => join(work, ...path);
  const place = async (path: string, content: string): Promise<void> => {
    await mkdir(join(at(path), '..'), { recursive: true });
    await writeFile(at(path), content);
  };
  const grade = (...options: string[]): Promise<Outcome> => gradePath('download', ...options);
  const gradePath = (path: string, ...options: string[]): Promise<Outcome> =>
    runInProcess(
      [
        '--labs',
        at('lab'),
        'grade',
        at(path),
        '--lab',
        'late-bars',
        '--out',
        at('out'),
        '--roster',
        at('roster.csv'),
        '--jobs',
        '1',
        ...options,
      ],
      at('cache'),
    );
  const late = (): string[] => ['--late', at('late.json'), '--times', at('times.csv')];
  const graded = async (): Promise<Grade[]> => {
    const found: unknown = JSON.parse(await readFile(at('out', 'grades.json'), 'utf8'));
    return GradeSchema.array().parse(found);
  };

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-grade-'));
    vi.stubEnv('LABPROOF_DATA', at('data'));
    await place('lab/lab.json', JSON.stringify(LAB));
    await place('lab/introduction.md', 'Bars.\n');
    await writeBarsFiles(at('files'));
    await runInProcess(
      ['--labs', at('lab'), 'datasets', 'add', 'bar-images', at('files')],
      at('cache'),
    );
    const answer = '## Question 1: Why\n\nBecause of the brightness.\n';
    await place('download/Amy Doe_101_assignsubmission_file_/answers.md', answer);
    await place('download/Bob Roe_102_assignsubmission_file_/answers.md', answer);
    await place('roster.csv', 'username,name\namy,Amy Doe\nbob,Bob Roe\ngus,Gus Poe\n');
    await place('late.json', JSON.stringify(LATE));
    await place(
      'times.csv',
      'student,submitted,due\namy,2026-11-21T10:00+01:00,\nbob,2026-11-21T10:00+01:00,2026-11-22T23:59+01:00\n',
    );
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('tells a reader what waits, and takes late days and extensions into account', async () => {
    const { exitCode, out, err } = await grade(...late());
    // Somebody of the roster is missing: a finding.
    expect(exitCode, err).toBe(1);
    expect(err).toContain('no submission from gus');
    expect(out).toContain('2 answers of 2 students graded now need manual grading: read them');
    expect(out).toContain(`enter points in ${at('out', 'reviews.csv')}`);
    const [amy, bob] = await graded();
    expect(amy).toMatchObject({ student: 'amy', name: 'Amy Doe', score: 1, pending: 2 });
    expect(amy?.lateness).toMatchObject({ deduction: 1, periods: 1 });
    expect(bob).toMatchObject({ student: 'bob', score: 2, lateness: { deduction: 0 } });
  });

  it('says what points of a reader would change before it changes anything, then changes it', async () => {
    const before = await readFile(at('out', 'grades.json'), 'utf8');
    const table = await readFile(at('out', 'reviews.csv'), 'utf8');
    await place('filled.csv', table.replace(/^([^,]+,amy,.*?,2),,/mu, '$1,1.5,'));
    const dry = await grade(...late(), '--reviews', at('filled.csv'), '--dry-run');
    expect(dry.exitCode, dry.err).toBe(1);
    expect(dry.out).toContain('1 grade changes:');
    expect(dry.out).toMatch(
      /amy +Amy Doe +1 → 2\.5, to grade 2 → 0, needs manual grading → final/u,
    );
    expect(dry.out).toContain('q1: 2 → 3.5, needs manual grading → partly');
    expect(dry.out).toContain('Nothing was written.');
    expect(await readFile(at('out', 'grades.json'), 'utf8')).toBe(before);

    const real = await grade(...late(), '--reviews', at('filled.csv'));
    expect(real.out).toContain('1 grade changes:');
    expect(real.out).toContain('1 answer of 1 student graded now needs manual grading: read it');
    expect((await graded())[0]).toMatchObject({ score: 2.5, status: 'final' });
    const again = await grade(...late(), '--dry-run', '--json');
    expect(again.exitCode, again.err).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({
      changes: [],
      notes: [{ kind: 'not-handed-in', about: ['gus'] }],
    });
  });

  it('counts what waits of those who were graded, and tells the rows that are kept of others', async () => {
    // Bob's points are there, and Amy is graded again alone.
    const table = await readFile(at('out', 'reviews.csv'), 'utf8');
    await place('both.csv', table.replace(/^([^,]+,bob,.*?,2),,/mu, '$1,2,'));
    const both = await grade(...late(), '--reviews', at('both.csv'));
    expect(both.out).not.toContain('manual grading:');
    const answers = '## Question 1: Why\n\nAnother reason.\n';
    await place('alone/Amy Doe_101_assignsubmission_file_/answers.md', answers);
    const { out } = await gradePath('alone', ...late(), '--once');
    expect(out).toContain('1 answer of 1 student graded now needs manual grading: read it');
    expect(out).toMatch(
      /1 row of \S+ with points or comments of a reader is kept and not counted here/u,
    );
    expect(await readFile(at('out', 'reviews.csv'), 'utf8')).toMatch(/^[^,]+,bob,.*,2,2,.*kept/mu);
  });

  it('takes limits of its own', async () => {
    await place('limits.json', JSON.stringify({ answers: { characters: 10 } }));
    const { out } = await grade(...late(), '--limits', at('limits.json'), '--dry-run');
    expect(out).toContain('refused');
  });

  it.each([
    [['--times', 'times.csv'], 'late-policy-missing'],
    [['--late', 'roster.csv'], 'json-unreadable'],
    [['--late', 'limits-bad.json'], 'late-policy-invalid'],
    [['--limits', 'limits-bad.json'], 'limits-invalid'],
  ])('refuses %s before any grading', async ([option = '', file = ''], code) => {
    // What the class remembers would come in between.
    await rm(at('out', 'class.yaml'), { force: true });
    await place('limits-bad.json', JSON.stringify({ submision: {} }));
    const { exitCode, err } = await grade(option, at(file));
    expect(exitCode).toBe(2);
    expect(err).toContain(`[${code}]`);
    expect(err).toContain('what to do:');
  });
});
