import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Grade, GradeSchema } from '@labproof/grader';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Outcome, runInProcess } from './harness.ts';
import { WHY_LAB } from './why-lab.ts';

const LATE = '{"due":"2026-11-20T23:59+01:00","deduct":{"unit":"points","amount":1}}';

let work: string;
const at = (...path: string[]): string => join(work, ...path);
const place = async (path: string, content: string): Promise<string> => {
  await mkdir(join(at(path), '..'), { recursive: true });
  await writeFile(at(path), content);
  return at(path);
};
const run = (...args: string[]): Promise<Outcome> => runInProcess(args, at('cache'));
const grades = async (folder = at('graded')): Promise<Grade[]> => {
  const found: unknown = JSON.parse(await readFile(join(folder, 'grades.json'), 'utf8'));
  return GradeSchema.array().parse(found);
};
const classFile = (): Promise<string> => readFile(at('graded', 'class.yaml'), 'utf8');
/** The first grading, told everything. */
const first = (...more: string[]): Promise<Outcome> =>
  run(
    ...['--labs', at('labs'), 'grade', at('download'), '--lab', 'why', '--out', at('graded')],
    ...[
      '--roster',
      at('roster.csv'),
      '--late',
      at('late.json'),
      '--times',
      at('times.csv'),
      ...more,
    ],
  );

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-class-file-'));
  await place('labs/why/lab.yaml', WHY_LAB);
  await place('labs/why/introduction.md', 'Why.\n');
  const answer = '## Question 1: Why\n\nBecause of the light.\n';
  await place('download/amy/answers.md', answer);
  await place('download/bob/answers.md', answer);
  await place('roster.csv', 'username,name\namy,Amy Doe\nbob,Bob Roe\n');
  await place('late.json', LATE);
  await place(
    'times.csv',
    'student,submitted\namy,2026-11-20T10:00+01:00\nbob,2026-11-21T10:00+01:00\n',
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(work, { recursive: true, force: true });
});

describe('a class that was graded once', () => {
  it('is graded again by the name of its folder, with everything that it was told', async () => {
    const { exitCode, err } = await first();
    expect(exitCode, err).toBe(0);
    expect(err).toContain(`"labproof grade ${at('graded')}" grades the class again`);
    expect(await classFile()).toMatchInlineSnapshot(`
      "# What this class is graded with. "labproof grade" with the name of this folder grades it again, with all of it.
      # Change it as you like: paths are seen from this folder, so everything can be moved together.
      # An option of the command line that says something else is shown and not used, unless --save or --once stands beside it.

      lab: why
      # where the lab is
      labs: ../labs
      # what was handed in: the download of a platform, or folders
      submissions: ../download
      # the class list, such as Moodle's grading worksheet or Canvas's gradebook as they are
      roster: ../roster.csv
      # what a late hand-in costs: a file, or the rule itself (docs/grading-a-class.md)
      late: ../late.json
      # when each handed in, and extensions
      times: ../times.csv
      "
    `);
    const before = await grades();
    expect(before.map(({ score }) => score)).toEqual([2, 1]);

    const again = await run('grade', at('graded'));
    expect(again.exitCode, again.err).toBe(0);
    expect(await grades()).toEqual(before);
    expect((await run('grade', at('graded'), '--dry-run')).exitCode).toBe(0);
  });

  it('never forgets the policy for late hand-ins, however it is graded', async () => {
    await first();
    const args = ['grade', at('download'), '--lab', 'why', '--out', at('graded')];
    const { exitCode, err } = await run('--labs', at('labs'), ...args);
    expect(exitCode, err).toBe(0);
    expect((await grades()).map(({ score }) => score)).toEqual([2, 1]);
  });

  it('keeps every point of a reader, also those of a table that was named once', async () => {
    await first();
    const table = await readFile(at('graded', 'reviews.csv'), 'utf8');
    await place('filled.csv', table.replaceAll(/^([^,]+,(?:amy|bob),.*?,2),,/gmu, '$1,2,'));
    await run('grade', at('graded'), '--reviews', at('filled.csv'));
    expect((await grades()).map(({ score }) => score)).toEqual([4, 3]);
    expect(await classFile()).not.toContain('filled');
    // A reader goes on in the folder's own table: the one that was named once does not write over it.
    const own = await readFile(at('graded', 'reviews.csv'), 'utf8');
    await writeFile(at('graded', 'reviews.csv'), own.replace(/^([^,]+,amy,.*?,2),2,/mu, '$1,1,'));
    const { exitCode, err } = await run('grade', at('graded'));
    expect(exitCode, err).toBe(0);
    expect((await grades()).map(({ score }) => score)).toEqual([3, 3]);
    await run('grade', at('graded'), '--fresh');
    expect((await grades()).map(({ score }) => score)).toEqual([3, 3]);
  });

  it('keeps a reader’s points through a hand-in graded alone, other ids and back', async () => {
    await first();
    const table = await readFile(at('graded', 'reviews.csv'), 'utf8');
    const filled = table.replaceAll(/^([^,]+,(?:amy|bob),.*?,2),,/gmu, '$1,2,');
    await writeFile(at('graded', 'reviews.csv'), filled);
    await run('grade', at('graded'));
    const read = await grades();
    expect(read.map(({ score }) => score)).toEqual([4, 3]);

    // Bob's alone, and this time only: Amy's points wait in the table.
    await place('later/bob/answers.md', '## Question 1: Why\n\nBecause of the light.\n');
    const alone = await run('grade', at('later'), '--out', at('graded'), '--once');
    // Amy is on the list and handed in nothing of it: a finding.
    expect(alone.exitCode, alone.err).toBe(1);
    expect((await grades()).map(({ student }) => student)).toEqual(['bob']);
    await run('grade', at('graded'));
    expect(await grades()).toEqual(read);

    // A class list by which Amy is somebody else, this time only.
    await place('ids.csv', 'username,name\ns1,amy\nbob,Bob Roe\n');
    await run('grade', at('graded'), '--roster', at('ids.csv'), '--once');
    await run('grade', at('graded'));
    expect(await grades()).toEqual(read);
  });

  it('shows what the command line says otherwise, and uses it only when told for how long', async () => {
    await first();
    const other = await place('other.json', LATE.replace('"amount":1', '"amount":2'));
    const stopped = await run('grade', at('graded'), '--late', other);
    expect(stopped.exitCode).toBe(2);
    expect(stopped.err).toContain(`late: ${at('late.json')} there, ${other} here`);
    expect(stopped.err).toContain('[class-file-differs]');
    expect((await grades())[1]?.score).toBe(1);
    const rule = '2026-11-20T23:59+01:00, 5 % of earned a day, at most 3, grace 10 minutes';
    const asRule = await run('grade', at('graded'), '--late', rule);
    expect(asRule.err).toContain(`late: ${at('late.json')} there, "${rule}" here`);

    const dry = await run('grade', at('graded'), '--late', other, '--dry-run');
    expect(dry.exitCode, dry.err).toBe(1);
    expect(dry.out).toContain('1 → 0');

    expect((await run('grade', at('graded'), '--late', other, '--once')).exitCode).toBe(0);
    expect((await grades())[1]?.score).toBe(0);
    expect(await classFile()).toContain('late: ../late.json');
    await run('grade', at('graded'));
    expect((await grades())[1]?.score).toBe(1);

    const saved = await run('grade', at('graded'), '--late', other, '--save');
    expect(saved.err).toContain('remembers from now on: late');
    await run('grade', at('graded'));
    expect((await grades())[1]?.score).toBe(0);
  });

  it('does not lose the class to a late hand-in that is graded alone', async () => {
    await first();
    await place('later/bob/answers.md', '## Question 1: Why\n\nIt is the light again.\n');
    const args = ['grade', at('later'), '--out', at('graded')];
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain('submissions:');
    expect((await grades()).map(({ student }) => student)).toEqual(['amy', 'bob']);
  });

  it('can be moved, and its file edited: comments stay, and the policy may stand in it', async () => {
    await mkdir(at('course'));
    for (const name of ['download', 'labs', 'roster.csv', 'late.json', 'times.csv']) {
      await rename(at(name), at('course', name));
    }
    const inCourse = (name: string): string => at('course', name);
    await run(
      ...['--labs', inCourse('labs'), 'grade', inCourse('download'), '--lab', 'why'],
      ...[
        '--out',
        inCourse('graded'),
        '--late',
        inCourse('late.json'),
        '--times',
        inCourse('times.csv'),
      ],
    );
    await rename(at('course'), at('elsewhere'));
    const file = at('elsewhere', 'graded', 'class.yaml');
    const written = await readFile(file, 'utf8');
    await writeFile(
      file,
      written.replace(
        'late: ../late.json',
        '# agreed with the dean\nlate:\n  due: 2026-11-20T23:59+01:00\n  deduct: { unit: points, amount: 2 }',
      ),
    );
    const again = await run(
      'grade',
      at('elsewhere', 'graded'),
      '--roster',
      at('elsewhere', 'roster.csv'),
    );
    expect(again.exitCode, again.err).toBe(0);
    expect(
      (await grades(at('elsewhere', 'graded'))).map(({ score, name }) => [name, score]),
    ).toEqual([
      ['Amy Doe', 2],
      ['Bob Roe', 0],
    ]);
    const now = await readFile(file, 'utf8');
    expect(now).toContain('# agreed with the dean');
    expect(now).toContain('roster: ../roster.csv');
  });

  it('remembers where the secret is and never the secret', async () => {
    const secret = 'a-secret-of-many-characters';
    vi.stubEnv('LABPROOF_HIDDEN_SEED', secret);
    await first();
    expect(await classFile()).toContain('environment: LABPROOF_HIDDEN_SEED');
    expect(await classFile()).not.toContain(secret);
    vi.stubEnv('LABPROOF_HIDDEN_SEED', undefined);
    const without = await run('grade', at('graded'));
    expect(without.exitCode).toBe(2);
    expect(without.err).toContain('[hidden-seed-missing]');
    await place('secret', `${secret}\n`);
    const named = await run('grade', at('graded'), '--hidden-seed-file', at('secret'), '--save');
    expect(named.exitCode, named.err).toBe(0);
    expect(await classFile()).toContain('secret: ../secret');
    expect(await classFile()).not.toContain(secret);
    vi.unstubAllEnvs();
  });
});

describe('a file of a class', () => {
  it('is told all its mistakes at once, by line and column, with the names that were meant', async () => {
    await place(
      'graded/class.yaml',
      'lab: why\nsubmisions: ../download\nrooster: ../roster.csv\nlate:\n  due: tomorrow\n  deduct: { unit: percents, amount: 5 }\npdf: perhaps\nformat: moodel\n',
    );
    const { exitCode, err } = await run('grade', at('graded'));
    expect(exitCode).toBe(2);
    expect(err).toContain('[class-file-invalid]');
    expect(err.replace(work, '')).toMatchInlineSnapshot(`
      "labproof: /graded/class.yaml has 5 problems:
        - class.yaml:2:1: there is no field "submisions" here. Did you mean "submissions"?
        - class.yaml:3:1: there is no field "rooster" here. Did you mean "roster"?
        - class.yaml:6:19: "unit" cannot be "percents". Did you mean "percent"? There are: percent, points.
        - class.yaml:7:6: "pdf" is "perhaps" and must be true or false.
        - class.yaml:8:9: "format" cannot be "moodel". Did you mean "moodle"? There are: canvas, moodle, gradescope, nbgrader, csv, junit, folders.
        what to do: Correct these places; docs/grading-a-class.md lists what can stand there.
        [class-file-invalid] whoever runs the command can mend it
      "
    `);
    await place('graded/class.yaml', 'lab: why\nlab: twice\nsubmissions: x\n');
    expect((await run('grade', at('graded'))).err).toContain(
      'class.yaml:2:1: this field stands here twice',
    );
  });

  it('may be written by hand and lie elsewhere', async () => {
    await place(
      'class.yaml',
      'lab: why\nlabs: labs\nsubmissions: [download]\nroster: roster.csv\nout: graded\n',
    );
    const { exitCode, err } = await run('grade', work);
    expect(exitCode, err).toBe(0);
    expect(existsSync(at('graded', 'grades.json'))).toBe(true);
    expect(existsSync(at('graded', 'class.yaml'))).toBe(false);
  });

  it('is nobody’s where it lies in a submission, or leads elsewhere', async () => {
    await place('download/amy/class.yaml', 'lab: why\nsubmissions: /\nout: ../../elsewhere\n');
    const { exitCode, err } = await first();
    expect(exitCode, err).toBe(0);
    expect(existsSync(at('elsewhere'))).toBe(false);
    await mkdir(at('linked'));
    await symlink(at('graded', 'class.yaml'), at('linked', 'class.yaml'));
    expect((await run('grade', at('linked'))).err).toContain('[grade-incomplete]');
  });

  it.each([
    [[], 'class-not-found'],
    [['download'], 'grade-incomplete'],
    [['download', '--lab', 'why'], 'grade-incomplete'],
    [['download', '--out', 'new'], 'grade-incomplete'],
  ])('has to be there, or everything to be said: grade %j', async ([path, ...options], code) => {
    const args = options.map((option) => (option === 'new' ? at(option) : option));
    const { exitCode, err } = await run(
      'grade',
      ...(path === undefined ? [] : [at(path)]),
      ...args,
    );
    expect(exitCode).toBe(2);
    expect(err).toContain(`[${code}]`);
  });

  it('was not written for folders that were graded before there was one: they say what to do, and go on', async () => {
    await first();
    await rm(at('graded', 'class.yaml'));
    const alone = await run('grade', at('graded'));
    expect(alone.exitCode).toBe(2);
    expect(alone.err).toContain('what it was graded with is not remembered');
    await cp(at('graded'), at('old'), { recursive: true });
    const again = await first();
    expect(again.exitCode, again.err).toBe(0);
    expect(await grades()).toEqual(await grades(at('old')));
    expect(existsSync(at('graded', 'class.yaml'))).toBe(true);
  });
});
