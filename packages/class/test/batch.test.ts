import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabproofError } from '@labproof/core';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type BatchOptions, type BatchResult, gradeBatch } from '../src/results/grade-batch.ts';
import { csvCell } from '../src/tables/csv-cell.ts';
import { listSubmissions } from '../src/hand-ins/list-submissions.ts';
import { studentId } from '../src/hand-ins/student-id.ts';
import { writeFilesBesideOthers, writeFilesTogether } from '../src/files/write-files.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { modelFiles, network, seeingWeights } from '../../submission/test/support/models.ts';
import { datasets } from '../../grader/test/support/squares.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-batch-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function place(path: string, content: string | Uint8Array = ''): string {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, content);
  return full;
}

function options(over: Partial<BatchOptions> = {}): BatchOptions {
  return {
    paths: [join(folder, 'class')],
    lab,
    loadDataset: async (id) => {
      const dataset = datasets.get(id);
      if (dataset === undefined) throw new Error(`no dataset ${id}`);
      return dataset;
    },
    engine: 'wasm',
    jobs: 2,
    out: join(folder, 'out'),
    ...over,
  };
}

async function problem(run: () => unknown): Promise<LabproofError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof LabproofError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Four students: one with a model, one with a zip, one with nothing, one with a file that is no zip. */
async function placeClass(): Promise<void> {
  place(
    'class/dora/answers.md',
    '## Question 1\n\nSorting parcels.\n\n## Question 4\n\nThe accuracy is 0.90.\n',
  );
  for (const [path, bytes] of modelFiles(
    'models/squares-linear',
    network('linear'),
    seeingWeights(),
  )) {
    place(`class/dora/${path}`, bytes);
  }
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('## Question 2\n\n5 s\n'), 'Émile/answers.md');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  place('class/Émile.zip', Buffer.concat(chunks));
  mkdirSync(join(folder, 'class', 'anna'), { recursive: true });
  place('class/bob.zip', 'this is no zip');
  place('class/.DS_Store');
  place('class/notes.txt');
}

const outcome = ({ summaries }: BatchResult): string[] =>
  summaries.map(({ student, status, score }) => `${student} ${status} ${score}`);

describe('gradeBatch', () => {
  it('grades everybody, in order, and writes what it found', async () => {
    await placeClass();
    const roster = place(
      'roster.csv',
      'Username,Name\ndora,Dora D\nanna,Anna A\nbob,Bob B\nzoe,"=cmd|\'/c calc\'!A1"\n',
    );
    const progress: string[] = [];
    const result = await gradeBatch(
      options({ roster, onProgress: ({ done, total }) => progress.push(`${done}/${total}`) }),
    );
    expect(outcome(result)).toEqual([
      'anna refused 0',
      'bob refused 0',
      'dora needs-review 4',
      'Émile final 1',
    ]);
    expect([...result.grades].map(({ problem }) => problem?.code ?? null)).toEqual([
      'submission-empty',
      'zip-unreadable',
      null,
      null,
    ]);
    expect(result.missing).toEqual([{ student: 'zoe', name: "=cmd|'/c calc'!A1" }]);
    expect(progress).toEqual(['1/4', '2/4', '3/4', '4/4']);
    expect(result.warnings).toEqual([
      `${join(folder, 'class', '.DS_Store')} was passed over: macOS keeps folder settings in it.`,
      `${join(folder, 'class', 'notes.txt')} was passed over: it is neither a folder nor a .zip.`,
      'Émile handed something in but is not on the roster.',
    ]);
    const out = join(folder, 'out');
    expect(readdirSync(out).toSorted()).toEqual(
      [
        '.grading',
        'anna',
        'bob',
        'dora',
        'findings.json',
        'grades.csv',
        'grades.json',
        'grading-log.jsonl',
        'notes.json',
        'reviews.csv',
        'Émile',
      ].toSorted(),
    );
    expect(JSON.parse(readFileSync(join(out, 'grades.json'), 'utf8'))).toEqual([...result.grades]);
    expect(JSON.parse(readFileSync(join(out, 'dora', 'grade.json'), 'utf8'))).toEqual(
      [...result.grades][2],
    );
    const rows: string[][] = parse(readFileSync(join(out, 'grades.csv'), 'utf8'));
    expect(rows[0]?.slice(0, 7)).toEqual([
      'student',
      'name',
      'status',
      'score',
      'pending',
      'max',
      'q1',
    ]);
    expect(rows[3]?.slice(0, 7)).toEqual(['dora', 'Dora D', 'needs-review', '4', '2', '12', '0']);
    expect(rows[5]?.slice(0, 4)).toEqual(['zoe', "'=cmd|'/c calc'!A1", 'not-submitted', '']);
  });

  it('gives the same bytes whatever the number of processes', async () => {
    await placeClass();
    await gradeBatch(options({ jobs: 1, out: join(folder, 'one') }));
    await gradeBatch(options({ jobs: 3, out: join(folder, 'three') }));
    for (const file of ['grades.json', 'grades.csv']) {
      expect(readFileSync(join(folder, 'one', file), 'utf8')).toBe(
        readFileSync(join(folder, 'three', file), 'utf8'),
      );
    }
  });

  it('gives no score when the time is up, and grades the others', async () => {
    await placeClass();
    const result = await gradeBatch(options({ jobs: 1, timeLimit: 0 }));
    expect(result.summaries).toHaveLength(4);
    expect(
      [...result.grades].map(({ status, score, problem }) => [status, score, problem?.code]),
    ).toContainEqual(['broken', null, 'time-limit']);
  });

  it('applies manual points, again after every grading', async () => {
    await placeClass();
    const reviews = place(
      'reviews.csv',
      'student,question,points,comment\ndora,q1,"1,5","good, but short"\nÉmile,2,1,\n',
    );
    for (let round = 0; round < 2; round += 1) {
      const result = await gradeBatch(options({ reviews }));
      expect(outcome(result)[2]).toBe('dora final 5.5');
      expect([...result.grades][2]?.outcomes[0]).toMatchObject({
        outcome: 'partial',
        points: 1.5,
        pending: 0,
      });
      expect([...result.grades][2]?.outcomes[0]?.checks[0]?.evidence).toContainEqual({
        kind: 'text',
        label: 'Comment of the reader',
        text: 'good, but short',
      });
      expect(result.warnings.at(-1)).toBe(
        'The 1 point for Émile, q2, was not applied: 0 points need manual grading there.',
      );
    }
  });

  it('lists everything that is wrong with manual points, and writes nothing', async () => {
    await placeClass();
    const reviews = place(
      'reviews.csv',
      'student;question;points\nnobody;q1;1\ndora;q9;1\ndora;q1;5\ndora;q1;x\n',
    );
    const { code, owner, message } = await problem(() => gradeBatch(options({ reviews })));
    expect([code, owner]).toEqual(['reviews-invalid', 'instructor']);
    expect(message).toContain('no submission of "nobody"');
    expect(message).toContain('no question "q9"');
    expect(message).toContain('5 points are more than the 2 of q1');
    expect(message).toContain('"x" is not a number');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it.each([
    ['a roster without ids', { roster: 'a,b\n1,2\n' }, 'roster-invalid'],
    ['a student twice on the roster', { roster: 'id,name\njo,A\njo,B\n' }, 'roster-invalid'],
  ])('refuses %s', async (_, files, code) => {
    await placeClass();
    expect(
      (await problem(() => gradeBatch(options({ roster: place('roster.csv', files.roster) }))))
        .code,
    ).toBe(code);
  });

  it('stops before grading when the results could not be written', async () => {
    await placeClass();
    const blocked = place('file');
    expect((await problem(() => gradeBatch(options({ out: join(blocked, 'out') })))).code).toBe(
      'output-not-writable',
    );
  });
});

describe.each([
  ['writeFilesTogether', async (...args) => writeFilesTogether(...args)],
  ['writeFilesBesideOthers', writeFilesBesideOthers],
] satisfies [string, typeof writeFilesBesideOthers][])('%s', (_, write) => {
  it('leaves everything as it was when one file cannot be written', async () => {
    await write(folder, [{ path: 'a.txt', content: 'old' }]);
    mkdirSync(join(folder, 'b.txt.part'));
    const error = await problem(() =>
      write(folder, [
        { path: 'a.txt', content: 'new' },
        { path: 'b.txt', content: 'new' },
      ]),
    );
    expect(error.owner).toBe('instructor');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder).toSorted()).toEqual(['a.txt', 'b.txt.part']);
  });
});

const list = (...paths: string[]): ReturnType<typeof listSubmissions> =>
  listSubmissions(
    paths.map((path) => join(folder, path)),
    join(folder, 'out'),
  );

describe('listSubmissions', () => {
  it('takes a single submission for one', async () => {
    place('jo/answers.md');
    expect((await list('jo')).entries.map(({ student }) => student)).toEqual(['jo']);
    place('kim/models/x/model.json');
    expect((await list('kim')).entries.map(({ student }) => student)).toEqual(['kim']);
    place('README/readme.md');
    place('README/lu/answers.md');
    expect((await list('README')).entries.map(({ student }) => student)).toEqual(['lu']);
  });

  it.each([
    ['student-twice', ['one']],
    ['no-submissions', ['empty']],
    ['path-missing', ['nowhere']],
    ['out-among-submissions', ['.']],
  ])('%s', async (code, paths) => {
    place('one/jo/answers.md');
    place('one/jo.zip');
    mkdirSync(join(folder, 'empty'));
    expect((await problem(() => list(...paths))).code).toBe(code);
  });
});

describe('studentId', () => {
  it('is safe as a folder name, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const id = studentId(name);
        expect(id).not.toMatch(/[/\\:*?"<>|\0\s]/u);
        expect(id).not.toMatch(/^\./u);
        expect(id.normalize('NFC')).toBe(id);
      }),
    );
    expect(studentId('<img src=x onerror=alert(1)>')).toBe('img-src-x-onerror-alert-1');
    expect(studentId('..')).toMatch(/^student-[0-9a-f]{8}$/u);
    expect(studentId(' ')).toBe('');
    expect(studentId('con')).toBe('student-con');
    expect(studentId('e\u0301mile.zip')).toBe('émile');
  });
});

describe('csvCell', () => {
  it('never begins a formula and reads back as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [[cell = ''] = []]: string[][] = parse(`${csvCell(text)},x\r\n`);
        expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
        expect(cell === text || cell === `'${text}`).toBe(true);
      }),
    );
  });
});
