import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Grade } from '../../grader/src/grade/grade.ts';
import { gradeOf } from '../../grader/test/support/graded-class.ts';
import { ZipWriter } from '../src/files/zip-files.ts';
import { mailMergeCsv } from '../src/returns/mail-merge.ts';
import { returnMessage } from '../src/returns/message.ts';
import { returnedFile } from '../src/returns/returned-file.ts';
import type { ReturnFormat, ReturnPlan } from '../src/returns/return-place.ts';
import { planReturn } from '../src/returns/return-plan.ts';
import type { RosterEntry } from '../src/roster/roster.ts';

const from = (
  rule: 'moodle' | 'canvas',
  student: string,
  ...uploads: readonly string[]
): Grade => ({
  ...gradeOf(student, { name: 'Somebody Else' }),
  handIn: { rule, why: '', idKind: 'list', uploads: [...uploads] },
});

const plan = (
  format: ReturnFormat,
  grades: readonly Grade[],
  roster: readonly RosterEntry[] | null = null,
  pdf = true,
): ReturnPlan => planReturn({ format, grades, roster, unfinished: 'stop', pdf });

describe('a folder for Moodle', () => {
  it.each([
    ['Amy Doe_101_assignsubmission_file_', 'Amy Doe_101_assignsubmission_file_/'],
    ['Team 1-Amy Doe_101_assignsubmission_file', 'Team 1-Amy Doe_101_assignsubmission_file_/'],
    ['Amy_van_Doe_101_assignsubmission_file_', 'Amy van Doe_101_assignsubmission_file_/'],
    ['...~Amy_101_assignsubmission_onlinetext_', 'Amy_101_assignsubmission_file_/'],
    ['A:\\B*_101_assignsubmission_file_', 'A B_101_assignsubmission_file_/'],
    ['._101_assignsubmission_file_', 'Participant_101_assignsubmission_file_/'],
    ['Amy Doe_101_assignsubmission_file_answers.md', 'Amy Doe_101_assignsubmission_file_/'],
  ])('has the number of "%s" where Moodle looks for it', (upload, path) => {
    const { places, stops } = plan('moodle', [from('moodle', 'amy', upload)]);
    expect(stops).toEqual([]);
    expect(places.map((place) => place.path)).toEqual([path]);
    // As Moodle takes the name apart: the second part is the number.
    expect(path.split('_')[1]).toBe('101');
  });

  it('goes by the grading worksheet where the work came another way', () => {
    const roster = [{ student: 'amy', name: 'Doe_Amy', participant: '77' }];
    const { places } = plan('moodle', [gradeOf('amy')], roster, false);
    expect(places).toEqual([
      { student: 'amy', path: 'Doe Amy_77_assignsubmission_file_/', form: 'html' },
    ]);
  });

  it('is nobody’s where two students have one number', () => {
    const upload = 'Amy Doe_101_assignsubmission_file_';
    const { stops } = plan('moodle', [
      from('moodle', 'amy', upload),
      from('moodle', 'bob', upload),
    ]);
    expect(stops).toEqual(['amy, bob have one participant number of Moodle.']);
  });
});

describe('a file for Canvas', () => {
  it.each([
    [
      ['doeamy_11_9101_a.docx', 'doeamy_11_9102_b.zip', 'doeamy_11_9103_c.md'],
      'doeamy_11_9102_b.zip',
      'zip',
    ],
    [['doeamy_LATE_11_9101_a.PDF'], 'doeamy_LATE_11_9101_a.PDF', 'pdf'],
    [['doeamy_11_9101_a.ipynb'], 'doeamy_11_9101_a.ipynb', 'notebook'],
    [['doeamy_11_9101_a.Rmd'], 'doeamy_11_9101_a.Rmd', 'text'],
    [['doeamy_11_9101_a.keras'], '', 'none'],
    [['doeamy_11_9101_..\\a.zip'], '', 'none'],
  ])('takes the place of one of %j', (uploads, path, form) => {
    const { places, stops } = plan('canvas', [from('canvas', 'amy', ...uploads)]);
    expect(stops).toEqual([]);
    expect(places).toEqual([{ student: 'amy', path, form, canvasUser: '11' }]);
  });

  it('is no page under the name of a PDF', () => {
    const grade = from('canvas', 'amy', 'doeamy_11_9101_a.pdf');
    expect(plan('canvas', [grade], null, false).places[0]?.form).toBe('none');
  });
});

describe('what is given back', () => {
  const grade = {
    ...gradeOf('amy'),
    problem: {
      code: 'x',
      message: 'The file a\u{1B}[31m\nb\u{202E}.md is odd.',
      fix: 'Mend ```it```.',
    },
  };
  const report = { html: '<!doctype html>', pdf: new Uint8Array([37, 80]) };

  it('gives no orders to a terminal', () => {
    expect(returnMessage(grade)).not.toMatch(/[^\P{C}\n]/u);
    expect(returnMessage(grade)).toContain('The file a [31m b .md is odd. Mend ```it```.');
  });

  it('is a notebook whose text cannot leave its cell, a zip, a page or a PDF', () => {
    const notebook: unknown = JSON.parse(String(returnedFile('notebook', report, grade)));
    expect(notebook).toMatchObject({ nbformat: 4, cells: [{ cell_type: 'markdown' }] });
    expect(JSON.stringify(notebook)).toContain('````text');
    const zip = returnedFile('zip', report, grade);
    expect(Object.keys(unzipSync(zip as Uint8Array))).toEqual(['report.pdf', 'report.html']);
    expect(returnedFile('html', report, grade)).toBe(report.html);
    expect(returnedFile('pdf', report, grade)).toBe(report.pdf);
    expect(returnedFile('none', report, grade)).toBeNull();
  });

  it('is a row for letters that no spreadsheet runs', () => {
    const named = { ...gradeOf('amy'), name: '=cmd()' };
    const roster = [{ student: 'amy', id: 'AMY', name: null, email: '+amy@x.org' }];
    const [, row] = mailMergeCsv([named], roster, 'report.pdf').split('\r\n');
    // An address with an apostrophe before it is nobody's: it is left empty, and that is said.
    expect(row).toMatch(/^AMY,'=cmd\(\),,/u);
    const options = { format: 'folders', unfinished: 'stop', pdf: true } as const;
    expect(planReturn({ ...options, grades: [named], roster }).notes).toEqual([
      expect.stringContaining('AMY: the address +amy@x.org begins like a formula'),
    ]);
    expect(planReturn({ ...options, grades: [gradeOf('bob')], roster }).notes).toEqual([]);
  });

  it('leads to folders whose names begin like formulas', () => {
    const [, row] = mailMergeCsv([gradeOf('-dash')], null, 'report.html').split('\r\n');
    expect(row).toContain(',./-dash/message.txt,./-dash/report.html');
  });

  it('is written into a zip a file at a time, the same bytes every time', () => {
    const write = (): Uint8Array => {
      const parts: Uint8Array[] = [];
      const zip = new ZipWriter((bytes) => parts.push(bytes));
      zip.add({ path: 'Zoë_1_assignsubmission_file_/report.pdf', content: report.pdf });
      zip.add({ path: 'b/report.html', content: 'x'.repeat(5000) });
      zip.end();
      return new Uint8Array(Buffer.concat(parts));
    };
    const files = unzipSync(write());
    expect(Object.keys(files)).toEqual([
      'Zoë_1_assignsubmission_file_/report.pdf',
      'b/report.html',
    ]);
    expect(files['b/report.html']).toHaveLength(5000);
    expect(write()).toEqual(write());
  });
});
