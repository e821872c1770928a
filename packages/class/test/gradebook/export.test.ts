import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CsvTable, readCsvAsWritten } from '../../src/tables/csv-table.ts';
import type { Grade } from '../../../grader/src/grade/grade.ts';
import {
  EXPORT_FORMATS,
  type ExportOptions,
  type GradesExport,
  exportGrades,
} from '../../src/gradebook/export-grades.ts';
import { studentId } from '../../src/hand-ins/student-id.ts';
import { gradesCsv } from '../../src/results/grades-csv.ts';
import { gradeOf, outcomesWaitingIn } from '../../../grader/test/support/graded-class.ts';
import { lab } from '../../../submission/test/support/lab.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function table(text: string): CsvTable {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  return readCsvAsWritten(path);
}

const MAX = gradeOf('x').max;

/** As Canvas exports it: a byte order mark, indented points possible, a test student, names with commas. */
const CANVAS = [
  '\u{FEFF}Student,ID,SIS User ID,SIS Login ID,Section,Warm-up (41),Vision lab (42),Assignments Current Score',
  `    Points Possible,,,,,5,${MAX},(read only)`,
  '"Doe, Amy",101,s1,amy,A,4,,80',
  '"Roe, Bob",102,s2,bob,A,,2,70',
  'Vic,103,s3,vic,A,1,1,60',
  '"Student, Test",999,,abc,A,,,',
].join('\r\n');

const MOODLE = [
  'First name,Last name,ID number,Email address,Username,Assignment: Lab (Real)',
  'Amy,Doe,s1,amy@x.org,amy,-',
  'Bob,Roe,s2,bob@x.org,bob,-',
].join('\n');

const AMY = gradeOf('amy', { name: 'Amy Doe', score: 3.5 });
const BOB = gradeOf('102', { name: 'Bob Roe', score: 2 });

describe('refused grades', () => {
  const refused = (student: string, refusal: 'everything' | 'answers', score: number): Grade =>
    gradeOf(student, { status: 'refused', refusal, score, pending: 0 });

  it('are told apart: of whom nothing, and of whom the answers could not be read', () => {
    const grades = [refused('dan', 'everything', 0), refused('eve', 'answers', 2), AMY];
    const { notes } = exported({ grades });
    expect(notes.join('\n')).toMatch(/^dan: nothing could be read, so 0 points are exported/mu);
    expect(notes.join('\n')).toMatch(
      /^eve: no answer could be read, so the points for the rest are exported/mu,
    );
  });

  it('say so where the answers alone are unreadable and nothing else earned points', () => {
    const { notes } = exported({ grades: [refused('eve', 'answers', 0)] });
    expect(notes.join()).toContain('eve: no answer could be read');
    const csv = gradesCsv(lab, [refused('eve', 'answers', 0), AMY], []);
    const [header = '', eve = '', amy = ''] = csv.split('\r\n');
    expect(header.endsWith(',refusal')).toBe(true);
    expect([eve.endsWith(',answers'), amy.endsWith(',')]).toEqual([true, true]);
    expect(gradesCsv(lab, [AMY], [])).not.toContain('refusal');
  });
});

function exported(over: Partial<ExportOptions>): GradesExport {
  return exportGrades({
    format: 'csv',
    grades: [AMY, BOB],
    roster: null,
    gradebook: null,
    unfinished: 'stop',
    column: null,
    key: 'username',
    ...over,
  });
}

const only = ({ files }: GradesExport): string => String(files[0]?.content);

/** Canvas's rules: known first columns, no title without a number that the gradebook has, ids that it has. */
function canvasUpload(csv: string, gradebook: string): Record<string, string>[] {
  const [before = [], ...old]: string[][] = parse(gradebook, { bom: true });
  const [header = [], ...rows]: string[][] = parse(csv);
  expect(header.slice(0, 5)).toEqual(['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section']);
  for (const title of header.slice(5)) {
    expect(before, `${title} would be a new assignment`).toContain(title);
    expect(title).toMatch(/ \(\d+\)$/u);
  }
  const ids = old.map((row) => row[1]);
  for (const row of rows) expect(ids).toContain(row[1]);
  expect(rows[0]?.[0]).toMatch(/^ *Points Possible$/u);
  return rows
    .slice(1)
    .map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

describe('Canvas', () => {
  it('gets the one assignment, by whatever id the class was graded', () => {
    const result = exported({ format: 'canvas', gradebook: table(CANVAS), column: 'Vision lab' });
    expect(result.stops).toEqual([]);
    const rows = canvasUpload(only(result), CANVAS);
    expect(rows.map((row) => [row['Student'], row['ID'], row['Vision lab (42)']])).toEqual([
      ['Doe, Amy', '101', '3.5'],
      ['Roe, Bob', '102', '2'],
    ]);
    expect(result.notes.join(' ')).toContain('No grade for Vic: no row');
  });

  it.each([
    ['Vision lap', 'Did you mean "Vision lab (42)"?'],
    ['Something else', 'Canvas would make a new one'],
    [null, 'Say with --column which assignment'],
  ])('never makes a new assignment (%s)', (column, message) => {
    const result = exported({ format: 'canvas', gradebook: table(CANVAS), column });
    expect(result.files).toEqual([]);
    expect(result.stops.join(' ')).toContain(message);
  });

  it('stops at unknown users, at two grades for one user and at another table', () => {
    const canvas = (over: Partial<ExportOptions>): string =>
      exported({
        format: 'canvas',
        gradebook: table(CANVAS),
        column: 'Vision lab',
        ...over,
      }).stops.join(' ');
    expect(canvas({ grades: [AMY, gradeOf('zoe')] })).toContain('zoe: no such user');
    expect(canvas({ grades: [AMY, gradeOf('101')] })).toContain('amy, 101: the same user');
    expect(canvas({ gradebook: table(MOODLE) })).toContain('no gradebook of Canvas');
    expect(canvas({ gradebook: null })).toContain('--gradebook');
  });

  it('reads a gradebook with semicolons and decimal commas, and writes decimal points', () => {
    const semicolons = [
      '\u{FEFF}Student;ID;SIS User ID;SIS Login ID;Section;Vision lab (42)',
      `    Points Possible;;;;;${MAX},0`,
      'Doé, Amélie;101;s1;amy;A;3,5',
    ].join('\r\n');
    const grades = [gradeOf('amy', { score: 3.5 })];
    const result = exported({ format: 'canvas', grades, gradebook: table(semicolons) });
    expect([result.stops, result.notes]).toEqual([[], []]);
    expect(only(result).split('\r\n')).toEqual([
      'Student,ID,SIS User ID,SIS Login ID,Section,Vision lab (42)',
      `Points Possible,,,,,${MAX}`,
      '"Doé, Amélie",101,s1,amy,A,3.5',
      '',
    ]);
  });

  it('names the columns of a table that is none of Canvas’s', () => {
    const french = table('Étudiant;ID;Section;Essais (42)\r\nDoé, Amélie;101;A;\r\n');
    const { stops, files } = exported({ format: 'canvas', gradebook: french });
    expect(stops.join()).toContain(
      'it has no column Student, but "Étudiant", "ID", "Section", "Essais (42)"',
    );
    expect(files).toEqual([]);
  });

  it('says when the points possible are others', () => {
    const gradebook = table(CANVAS.replace(`5,${MAX},`, '5,100,'));
    const { notes } = exported({ format: 'canvas', gradebook, column: 'Vision lab (42)' });
    expect(notes.join(' ')).toContain(
      `Canvas has 100 points for "Vision lab (42)", and the lab has ${MAX}`,
    );
  });
});

describe('Moodle', () => {
  it.each([
    ['username', 'amy', 'bob'],
    ['useremail', 'amy@x.org', 'bob@x.org'],
    ['useridnumber', 's1', 's2'],
  ] as const)('is told users by %s, every one of them known', (key, amy, bob) => {
    const grades = [gradeOf('amy', { score: 3.5 }), gradeOf('s2', { score: 2 })];
    const result = exported({ format: 'moodle', grades, key, gradebook: table(MOODLE) });
    expect(result.stops).toEqual([]);
    expect(parse(only(result))).toEqual([
      [key, lab.title],
      [amy, '3.5'],
      [bob, '2'],
    ]);
  });

  it('stops before Moodle would turn away the whole file', () => {
    const stops = (over: Partial<ExportOptions>): string =>
      exported({ format: 'moodle', grades: [AMY], ...over }).stops.join(' ');
    expect(stops({})).toContain('--gradebook');
    expect(stops({ gradebook: table(MOODLE), grades: [AMY, gradeOf('zoe')] })).toContain(
      'zoe: no such user',
    );
    expect(stops({ roster: [{ student: 'bob', name: null }] })).toContain('amy: no such user');
    expect(stops({ gradebook: table(MOODLE), key: 'userid' })).toContain('It could be: username');
    expect(stops({ gradebook: table(MOODLE), column: 'Assignment: Lap (Real)' })).toContain(
      'Did you mean',
    );
    const formula = table(MOODLE.replace(',amy,', ',=amy,').replace('s1', 'amy'));
    expect(stops({ gradebook: formula })).toContain('=amy (Amy Doe) is left out');
  });
});

describe('nbgrader', () => {
  it('gets its columns, with what was deducted for lateness', () => {
    const late = {
      submitted: '2026-11-21T10:00+01:00',
      due: '2026-11-20T23:59+01:00',
      periods: 1,
      deduction: 0.5,
      scoreBefore: 4,
      message: 'Late.',
    };
    const csv = only(exported({ format: 'nbgrader', grades: [{ ...AMY, lateness: late }, BOB] }));
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    expect(csv.split('\r\n')[0]).toBe(
      'assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score',
    );
    expect(rows[0]).toMatchObject({
      student_id: 'amy',
      last_name: 'Doe',
      first_name: 'Amy',
      raw_score: '4',
      late_submission_penalty: '0.5',
      score: '3.5',
      max_score: String(MAX),
      timestamp: late.submitted,
    });
    for (const row of rows) {
      expect(Number(row['raw_score']) - Number(row['late_submission_penalty'])).toBe(
        Number(row['score']),
      );
    }
  });
});

/** What Gradescope's autograder documentation allows in `results.json`, of what is used here. */
const Results = z.strictObject({
  score: z.number().optional(),
  output: z.string(),
  output_format: z.enum(['text', 'simple_format', 'html', 'md', 'ansi']),
  visibility: z.enum(['hidden', 'after_due_date', 'after_published', 'visible']),
  stdout_visibility: z.enum(['hidden', 'after_due_date', 'after_published', 'visible']),
  extra_data: z.record(z.string(), z.unknown()),
  tests: z
    .array(
      z.strictObject({
        number: z.string(),
        name: z.string(),
        score: z.number().optional(),
        max_score: z.number(),
        status: z.enum(['passed', 'failed']).optional(),
        output: z.string(),
        output_format: z.enum(['text', 'simple_format', 'html', 'md', 'ansi']),
        visibility: z.enum(['hidden', 'after_due_date', 'after_published', 'visible']),
      }),
    )
    .optional(),
});

const [firstQuestion] = lab.questions;
const WAITING: Grade = gradeOf('wen', {
  status: 'needs-review',
  pending: 2,
  outcomes: outcomesWaitingIn(firstQuestion?.id ?? ''),
});
const BROKEN = gradeOf('bro', { score: null, status: 'broken' });

describe('Gradescope', () => {
  it('gets a results.json a student, without what a rubric looks for', () => {
    const { files, stops } = exported({ format: 'gradescope', grades: [AMY, WAITING, BROKEN] });
    expect(stops).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      'gradescope/amy/results.json',
      'gradescope/wen/results.json',
      'gradescope/bro/results.json',
    ]);
    const [amy, wen, bro] = files.map(({ content }) => Results.parse(JSON.parse(String(content))));
    expect(amy).toMatchObject({ score: 3.5 });
    expect(wen?.output).toContain('manual grading');
    expect(wen?.tests?.[0]).not.toHaveProperty('score');
    expect(wen?.tests?.[1]).toMatchObject({ status: 'passed' });
    expect(JSON.stringify(wen)).not.toContain('secret concept');
    // Gradescope would add up the scores of the tests.
    expect(bro).not.toHaveProperty('score');
    expect(bro).not.toHaveProperty('tests');
    expect(bro?.output).toContain('no fault of yours');
  });
});

describe('JUnit', () => {
  it('tells lost points, waiting and our own faults apart, and escapes what it quotes', () => {
    const evil: Grade = { ...AMY, student: 'a<b>&"c' };
    const xml = only(exported({ format: 'junit', grades: [evil, WAITING, BROKEN] }));
    expect(xml).toContain('<testsuite name="a&lt;b&gt;&amp;&quot;c"');
    expect(xml).toContain('<failure message="refused">Nothing was read.</failure>');
    expect(xml).toContain('<skipped message="needs manual grading"/>');
    expect(xml).toContain('<property name="score" value="3.5"/>');
    expect(xml).toContain('score=3.5 pending=0');
    // Every tag that is opened is closed, in order.
    const open: string[] = [];
    for (const [, end, name = '', own] of xml.matchAll(/<(\/?)([a-z-]+)[^>]*?(\/?)>/gu)) {
      if (end === '/') expect(open.pop()).toBe(name);
      else if (own === '') open.push(name);
    }
    expect(open).toEqual([]);
  });
});

describe('every format', () => {
  it.each(['csv', 'nbgrader', 'moodle'] as const)(
    '%s waits for the readers, unless told otherwise',
    (format) => {
      const grades = [AMY, WAITING, BROKEN];
      const roster = grades.map(({ student }) => ({ student, name: null }));
      const stopped = exported({ format, grades, roster });
      expect(stopped.files).toEqual([]);
      expect(stopped.stops.join(' ')).toContain('2 points of wen need manual grading');
      expect(stopped.stops.join(' ')).toContain('bro: no score');
      const rows = (unfinished: 'leave-out' | 'as-is'): number =>
        (parse(only(exported({ format, grades, roster, unfinished }))) as string[][]).length - 1;
      expect(rows('leave-out')).toBe(1);
      expect(rows('as-is')).toBe(2);
    },
  );

  it('says who of the roster has no grade, who is not on it, and who shares a name', () => {
    const grades = [AMY, gradeOf('amy2', { name: 'amy doe' })];
    const roster = [
      { student: 'amy', name: 'Amy Doe' },
      { student: 'gus', name: 'Gus' },
    ];
    const notes = exported({ grades, roster }).notes.join(' ');
    expect(notes).toContain('1 student of the roster handed in nothing and gets no row: gus');
    expect(notes).toContain('amy2: not on the roster');
    expect(notes).toContain('amy, amy2 have the same name');
  });

  it('gives the same bytes twice, and no cell that a spreadsheet would run', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', '+A1', '@SUM(1)', '-2', '\t=1', '"=1"', 'x\r\n=1', 'a;=1'),
    );
    fc.assert(
      fc.property(name, (written) => {
        for (const format of EXPORT_FORMATS) {
          const grades = [{ ...AMY, name: written }];
          const gradebook =
            format === 'canvas'
              ? {
                  header: parse(CANVAS, { bom: true })[0] as string[],
                  rows: [[written, '1', '', 'amy', written, '', '', '']],
                }
              : null;
          const roster = [{ student: 'amy', name: written }];
          const options = { format, grades, gradebook, roster, column: 'Vision lab' };
          const { files, stops } = exported(options);
          expect(stops).toEqual([]);
          expect(exported(options).files).toEqual(files);
          if (format === 'gradescope' || format === 'junit') continue;
          for (const row of parse(String(files[0]?.content)) as string[][]) {
            for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('ids as the class list writes them', () => {
  const listed = [
    ['anna+lab@uni.edu', 'anna-lab@uni.edu'],
    ["o'brien@uni.edu", 'o-brien@uni.edu'],
    ['cs/2026/007', 'cs-2026-007'],
  ] as const;

  it.each(['moodle', 'nbgrader', 'csv'] as const)('go into the file for %s', (format) => {
    const { files, stops } = exported({
      format,
      grades: listed.map(([, student]) => gradeOf(student, { score: 1 })),
      roster: listed.map(([id, student]) => ({ student, id, name: null })),
      key: 'useremail',
    });
    expect(stops).toEqual([]);
    for (const [id, cleaned] of listed) {
      expect(files[0]?.content).toContain(id);
      expect(files[0]?.content).not.toContain(cleaned);
    }
  });
});

describe('ids that a spreadsheet would run', () => {
  const ids = ['-dash', '+plus', '=cmd', '@handle', '＝wide', '\u200B=hidden'];
  const grades = [AMY, ...ids.map((id, at) => ({ ...gradeOf(studentId(id), { score: at }), id }))];
  const roster = grades.map(({ student, id = student }) => ({ student, id, name: null }));

  it.each(['moodle', 'nbgrader'] as const)(
    'are left out of the file for %s, each by name, and the others go',
    (format) => {
      const { stops, files, entries, leftOut } = exported({ format, grades, roster });
      expect(stops).toEqual([]);
      expect(entries.map(({ id }) => id)).toEqual(['amy']);
      expect(leftOut.map(({ id }) => id)).toEqual(ids);
      expect(leftOut[2]?.message).toContain(`=cmd is left out`);
      expect(leftOut[2]?.message).toContain(`Enter this grade by hand: 2 of ${MAX} points.`);
      expect(parse(String(files[0]?.content))).toHaveLength(2);
    },
  );

  it.each([
    ['a login', '"Doe, Amy",101,s1,+amy,A,4,,80'],
    ['a number of the university', '"Doe, Amy",101,-s1,amy,A,4,,80'],
  ])('leave one student out of Canvas’s file: %s', (_, row) => {
    const gradebook = table(CANVAS.replace('"Doe, Amy",101,s1,amy,A,4,,80', row));
    const both = [gradeOf('101', { name: 'Amy Doe', score: 3.5 }), BOB];
    const result = exported({ format: 'canvas', grades: both, gradebook, column: 'Vision lab' });
    expect(result.stops).toEqual([]);
    expect(result.leftOut.map(({ points }) => points)).toEqual([3.5]);
    expect(canvasUpload(only(result), CANVAS).map((cells) => cells['ID'])).toEqual(['102']);
  });

  it('are nothing to stop Moodle’s worksheet for, which knows students by its own number', () => {
    const worksheet = [
      'Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (submission),Last modified (grade)',
      `Participant 7,Amy Doe,=amy@x.org,Submitted for grading,-,${MAX},-,-`,
    ].join('\n');
    const handIn = { rule: 'moodle', why: '', idKind: 'participant' } as const;
    const { stops, leftOut, files } = exported({
      format: 'moodle',
      grades: [{ ...gradeOf('7', { name: 'Amy Doe', score: 1 }), handIn }],
      gradebook: table(worksheet),
    });
    expect([stops, leftOut]).toEqual([[], []]);
    expect(files[0]?.content).toContain(
      "Participant 7,Amy Doe,'=amy@x.org,Submitted for grading,1,",
    );
  });

  it('stand in a plain table behind an apostrophe, and that is said', () => {
    const { files, stops, leftOut, notes } = exported({ format: 'csv', grades, roster });
    expect([stops, leftOut]).toEqual([[], []]);
    expect(files[0]?.content).toContain("'=cmd,");
    expect(notes.join()).toContain('-dash, +plus, =cmd, @handle, ＝wide and 1 more begin like');
    expect(parse(String(files[0]?.content))).toHaveLength(grades.length + 1);
  });

  it.each(['gradescope', 'junit'] as const)('are plain text for %s', (format) => {
    const { stops, leftOut } = exported({ format, grades, roster });
    expect([stops, leftOut]).toEqual([[], []]);
  });

  it('stop a file that nobody would be in', () => {
    const { stops, files } = exported({ format: 'nbgrader', grades: grades.slice(1), roster });
    expect(stops).toHaveLength(ids.length);
    expect(files).toEqual([]);
  });
});

describe('a platform’s own number', () => {
  const amy = { ...gradeOf('101', { name: 'Amy Doe', score: 3 }) };
  const grade: Grade = { ...amy, handIn: { rule: 'moodle', why: '', idKind: 'participant' } };
  const header = 'First name,Surname,ID number,Email address,Lab (Real)';

  it('is not looked up among the numbers of a university', () => {
    const { files, stops } = exported({
      format: 'moodle',
      grades: [grade],
      gradebook: table(`${header}\nCai,Lin,101,cai@x.org,-\nAmy,Doe,102,amy@x.org,-\n`),
      key: 'useridnumber',
    });
    expect(stops).toEqual([]);
    expect(files[0]?.content).toContain('102,3');
    expect(files[0]?.content).not.toContain('101');
  });

  it('stops where no name fits', () => {
    const { stops } = exported({
      format: 'moodle',
      grades: [grade],
      gradebook: table(`${header}\nCai,Lin,101,cai@x.org,-\n`),
      key: 'useridnumber',
    });
    expect(stops.join()).toContain('101: no such user');
  });
});
