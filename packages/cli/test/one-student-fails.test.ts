// Runs alone: it replaces the modules that write pages and tables.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StudentPageJob } from '../src/pages/student-page.ts';
import { runInProcess } from './harness.ts';

const FAULT = 'a fault that nobody has thought of';

vi.mock('../src/pages/student-pages.ts', async (original) => {
  const { StudentPages } = await original<typeof import('../src/pages/student-pages.ts')>();
  return {
    StudentPages: class extends StudentPages {
      override async render(job: StudentPageJob): Promise<string> {
        if (job.grade.student === 'eve') throw new TypeError(FAULT);
        return super.render(job);
      }
    },
  };
});

vi.mock('@labproof/report', async (original) => {
  const report = await original<typeof import('@labproof/report')>();
  return {
    ...report,
    renderClassReport(input: Parameters<typeof report.renderClassReport>[0]) {
      if (input.grades.some(({ student }) => student === 'zoe')) throw new TypeError(FAULT);
      return report.renderClassReport(input);
    },
    PdfPrinter: class {
      async open(): Promise<void> {}
      async close(): Promise<void> {}
      async print(_: string, { title }: { title: string }): Promise<Uint8Array> {
        if (title === 'amy') throw new TypeError(FAULT);
        return new Uint8Array([1]);
      }
    },
  };
});

vi.mock('@labproof/class', async (original) => {
  const classes = await original<typeof import('@labproof/class')>();
  return {
    ...classes,
    exportGrades(options: Parameters<typeof classes.exportGrades>[0]) {
      if (options.grades.some(({ student }) => student === 'eve')) throw new TypeError(FAULT);
      return classes.exportGrades(options);
    },
  };
});

const fixtures = fileURLToPath(new URL('../../../fixtures/image-recognition', import.meta.url));
let work: string;
const graded = (...path: string[]): string => join(work, 'graded', ...path);
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-one-'));
  for (const student of ['amy', 'ben', 'eve', 'zoe']) {
    await cp(join(fixtures, 'empty/submission'), join(work, 'class', student), { recursive: true });
    await writeFile(join(work, 'class', student, 'answers.md'), '## Question 2\n\n5 seconds\n');
  }
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe('a fault at the page, the PDF or the export of one student', () => {
  it('leaves the results, the pages and the PDFs of the others whole', async () => {
    const args = [join(work, 'class'), '--lab', 'image-recognition', '--out', graded(), '--pdf'];
    const { exitCode, out, err } = await runInProcess(['grade', ...args], work);
    expect(exitCode).toBe(2);
    expect(err).toContain('[report-not-rendered]');
    for (const student of ['amy', 'ben', 'eve', 'zoe']) {
      expect(out).toContain(student);
      const page = await readFile(graded(student, 'report.html'), 'utf8');
      expect(page.includes(FAULT), student).toBe(student === 'eve');
      expect(existsSync(graded(student, 'report.pdf')), student).toBe(student !== 'amy');
    }
    const index = await readFile(graded('index.html'), 'utf8');
    expect(index).toContain('eve/report.html');
    expect(index).not.toContain('zoe/report.html');
    expect(await readFile(graded('grades.csv'), 'utf8')).toContain('zoe');

    const again = await runInProcess(['report', graded(), '--pdf', '--json'], work);
    expect(again.exitCode).toBe(2);
    expect(JSON.parse(again.out)).toMatchObject({
      students: 4,
      pdfs: 3,
      pdfProblem: { code: 'report-not-printed' },
      pageProblem: { code: 'report-not-rendered' },
    });
  });

  it('leaves the others in the table for a platform, and says who is not in it', async () => {
    const args = ['export', graded(), '--format', 'csv', '--unfinished', 'as-is'];
    const { exitCode, err } = await runInProcess(args, work);
    expect(exitCode).toBe(1);
    expect(err).toContain('eve is left out because of a fault in Labproof');
    const table = await readFile(graded('export', 'grades.csv'), 'utf8');
    expect(table.match(/^\w+/gmu)).toEqual(['student', 'amy', 'ben', 'zoe']);
  });

  it('leaves out a grade that was edited by hand, and says so', async () => {
    await writeFile(graded('ben', 'grade.json'), '{}');
    const { exitCode, out, err } = await runInProcess(['report', graded()], work);
    expect(exitCode).toBe(2);
    expect(out).toContain('3 reports');
    expect(err).toContain('[report-bad-grade]');
  });
});
