import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, LabproofError } from '@labproof/core';
import { findLab } from '@labproof/exercises';
import {
  type Finding,
  FindingSchema,
  type Grade,
  GradeSchema,
  type OutputFile,
  writeFilesTogether,
} from '@labproof/grader';
import { PdfPrinter, renderClassReport } from '@labproof/report';
import { z } from 'zod';
import type { Context } from './context.ts';
import { misclassifiedImages } from './misclassified-images.ts';
import { Progress } from './progress.ts';
import { StudentPages } from './student-pages.ts';
import { loadDatasetWithProgress } from './trials.ts';

/** Where the reports of a graded folder are. */
export interface WrittenReports {
  readonly classReport: string;
  readonly students: number;
  readonly pdfs: number;
  /** Why there are fewer PDFs than were asked for; the HTML is there all the same. */
  readonly pdfProblem: LabproofError | null;
}

/**
 * Renders `DIR/index.html` and, for every `DIR/<student>/grade.json`, a `report.html` beside it (and a `report.pdf`).
 * A pure function of the grades, the lab and the datasets, so it can be repeated at any time.
 * What cannot be printed is told in `pdfProblem` and keeps no page from being written.
 */
export async function renderReports(
  context: Context,
  directory: string,
  options: { pdf: boolean; date?: string },
): Promise<WrittenReports> {
  const grades = await readGrades(directory);
  const lab = findLab(grades[0]?.lab.id ?? '');
  const datasets = await datasetsOf(context, grades);
  const date = options.date === undefined ? {} : { date: options.date };
  const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
  const progress = new Progress(context, 'reports');
  const printer = options.pdf ? new PdfPrinter() : null;
  let pdfProblem: LabproofError | null = null;
  const noPdf = (error: unknown): false => {
    if (!(error instanceof LabproofError)) throw error;
    pdfProblem ??= error;
    return false;
  };
  const pages = new StudentPages(
    { lab, classes, ...date },
    { count: grades.length, cores: context.cores },
  );
  let done = 0;
  let pdfs = 0;
  try {
    const prints =
      printer !== null &&
      (await printer.open().then(
        () => true,
        (error: unknown) => noPdf(error),
      ));
    const render = async (grade: Grade): Promise<void> => {
      const html = await pages.render({
        grade,
        misclassifiedImages: misclassifiedImages(grade, lab, datasets),
      });
      const files: OutputFile[] = [{ path: join(grade.student, 'report.html'), content: html }];
      if (printer !== null && prints) {
        const pdf = await printer.print(html, { title: grade.student }).catch(noPdf);
        if (pdf !== false) {
          files.push({ path: join(grade.student, 'report.pdf'), content: pdf });
          pdfs += 1;
        }
      }
      writeFilesTogether(directory, files);
      done += 1;
      progress.update(done / grades.length, `${done} of ${grades.length} students`);
    };
    // One document more than are rendered at once keeps every worker and both pages of the printer busy.
    const queue = [...grades];
    await Promise.all(
      Array.from({ length: pages.width + 1 }, async () => {
        for (let grade = queue.shift(); grade !== undefined; grade = queue.shift())
          await render(grade);
      }),
    );
    const findings = await readFindings(directory);
    const page = renderClassReport({ grades, lab, ...findings, ...date });
    writeFilesTogether(directory, [{ path: 'index.html', content: page }]);
    progress.done(`${grades.length} students${prints ? ', HTML and PDF' : ', HTML'}`);
    return {
      classReport: join(directory, 'index.html'),
      students: grades.length,
      pdfs,
      pdfProblem,
    };
  } catch (error) {
    progress.stop();
    throw error;
  } finally {
    await Promise.all([printer?.close(), pages.close()]);
  }
}

/** The `report --json` contract. */
export function reportsToJson({ pdfProblem, ...written }: WrittenReports): unknown {
  if (pdfProblem === null) return { ...written, pdfProblem };
  const { code, message, fix } = pdfProblem;
  return { ...written, pdfProblem: { code, message, fix } };
}

/** The grades of a graded folder, by student in code-unit order. */
export async function readGrades(directory: string): Promise<Grade[]> {
  const names = (await listFolder(directory)).toSorted();
  const grades: Grade[] = [];
  for (const name of names) {
    const path = join(directory, name, 'grade.json');
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) continue;
    grades.push(parseGrade(path, text));
  }
  if (grades.length === 0) {
    throw new LabproofError({
      code: 'report-no-grades',
      owner: 'instructor',
      message: `${directory} holds no graded submission (no <student>/grade.json)`,
      fix: 'Name the folder that "labproof grade" wrote with --out.',
    });
  }
  return grades;
}

/** `findings.json`, where the folder holds one; folders graded by earlier versions do not. */
async function readFindings(directory: string): Promise<{ findings?: Finding[] }> {
  const path = join(directory, 'findings.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return {};
  try {
    return { findings: z.array(FindingSchema).parse(JSON.parse(text)) };
  } catch (error) {
    throw new LabproofError({
      code: 'report-bad-findings',
      owner: 'instructor',
      message: `${path} is not what this version writes: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'Grade the submissions again, or delete that file.',
      cause: error,
    });
  }
}

async function listFolder(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    throw new LabproofError({
      code: 'report-no-folder',
      owner: 'instructor',
      message: `the folder ${directory} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'Name the folder that "labproof grade" wrote with --out.',
      cause: error,
    });
  }
}

function parseGrade(path: string, text: string): Grade {
  let problem: string;
  try {
    const parsed = GradeSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    problem = parsed.error.issues
      .slice(0, 3)
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  throw new LabproofError({
    code: 'report-bad-grade',
    owner: 'instructor',
    message: `${path} is not a grade as this version writes it: ${problem}`,
    fix: 'Grade the submissions again with this version of labproof.',
  });
}

/** The datasets on which models of these grades were evaluated. */
async function datasetsOf(
  context: Context,
  grades: readonly Grade[],
): Promise<ReadonlyMap<string, Dataset>> {
  const ids = new Set(
    grades.flatMap(({ models }) => models.flatMap(({ evaluation }) => evaluation?.dataset ?? [])),
  );
  const datasets = new Map<string, Dataset>();
  for (const id of ids) datasets.set(id, await loadDatasetWithProgress(context, id));
  return datasets;
}
