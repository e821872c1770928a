import { formatPlural } from '@labproof/submission';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabproofError, reasonOf } from '@labproof/core';
import { mapSideBySide } from '@labproof/core/workers';
import { type Finding, FindingSchema } from '@labproof/grader';
import {
  type OutputFile,
  readNotes,
  withoutFailing,
  writeFilesBesideOthers,
  writeFilesTogether,
} from '@labproof/class';
import {
  PdfPrinter,
  renderClassReport,
  renderFailedReport,
  misclassifiedImages,
} from '@labproof/report';
import { z } from 'zod';
import type { Context } from '../program/context.ts';
import { openGradedFolder } from '../grading/graded-folder.ts';
import { datasetsOf } from '../data/datasets-of.ts';
import { Progress } from '../progress/progress.ts';
import { StudentPages } from './student-pages.ts';
import { cliError } from '../errors.ts';

/** Where the reports of a graded folder are. */
export interface WrittenReports {
  readonly classReport: string;
  /** Whether it was written this time; `pageProblem` says why not. */
  readonly classWritten: boolean;
  readonly students: number;
  readonly pdfs: number;
  /** Why there are fewer PDFs than were asked for; the HTML is there all the same. */
  readonly pdfProblem: LabproofError | null;
  /** Why some pages say only that they could not be written, or are not there; the others are whole. */
  readonly pageProblem: LabproofError | null;
}

/**
 * Renders `DIR/index.html` and, for every `DIR/<student>/grade.json`, a `report.html` beside it (and a `report.pdf`).
 * A pure function of the grades, the lab and the datasets, so it can be repeated at any time.
 * What cannot be printed is told in `pdfProblem` and keeps no page from being written; what cannot be rendered is told in
 * `pageProblem`, its page says so, and the others are whole.
 */
export async function renderReports(
  context: Context,
  directory: string,
  options: { pdf: boolean; date?: string },
): Promise<WrittenReports> {
  const folder = await openGradedFolder(directory);
  const { summaries } = folder;
  const lab = context.labs.find(summaries[0]?.lab.id ?? '');
  const datasets = await datasetsOf(context, summaries);
  const date = options.date === undefined ? {} : { date: options.date };
  const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
  const progress = new Progress(context, 'reports');
  const printer = options.pdf ? new PdfPrinter({ signal: context.signal }) : null;
  let pdfProblem: LabproofError | null = null;
  const noPdf = (error: unknown, title = 'a report'): false => {
    context.signal.throwIfAborted();
    pdfProblem ??= error instanceof LabproofError ? error : notPrinted(title, error);
    return false;
  };
  let pageProblem = folder.problems[0] ?? null;
  /** The page of a student, or one that says why there is none. */
  const pageOf = async (student: string): Promise<string> => {
    try {
      const grade = await folder.read(student);
      return await pages.render({
        grade,
        misclassifiedImages: misclassifiedImages(grade, lab, datasets),
      });
    } catch (error) {
      context.signal.throwIfAborted();
      pageProblem ??= error instanceof LabproofError ? error : notRendered(student, error);
      return renderFailedReport({ student, lab, reason: reasonOf(error) });
    }
  };
  const pages = new StudentPages(
    { lab, classes, ...date },
    { count: summaries.length, cores: context.cores },
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
    const render = async (student: string): Promise<void> => {
      context.signal.throwIfAborted();
      const html = await pageOf(student);
      const files: OutputFile[] = [{ path: join(student, 'report.html'), content: html }];
      if (printer !== null && prints) {
        const pdf = await printer
          .print(html, { title: student })
          .catch((error: unknown) => noPdf(error, student));
        if (pdf !== false) {
          files.push({ path: join(student, 'report.pdf'), content: pdf });
          pdfs += 1;
        }
      }
      await writeFilesBesideOthers(directory, files);
      done += 1;
      progress.update(
        done / summaries.length,
        `${done} of ${formatPlural(summaries.length, 'student')}`,
      );
    };
    // One document more than are rendered at once keeps every worker and both pages of the printer busy.
    await mapSideBySide(summaries, pages.width + 1, ({ student }) => render(student));
    const findings = await readFindings(directory);
    const notes = readNotes(directory);
    const page = withoutFailing(
      summaries,
      (grades) => renderClassReport({ grades, lab, notes, ...findings, ...date }),
      ({ student }, error) => (pageProblem ??= notInClass(student, error)),
    );
    if (page !== null) writeFilesTogether(directory, [{ path: 'index.html', content: page }]);
    progress.done(
      `${formatPlural(summaries.length, 'student')}${prints ? ', HTML and PDF' : ', HTML'}`,
    );
    return {
      classReport: join(directory, 'index.html'),
      classWritten: page !== null,
      students: summaries.length,
      pdfs,
      pdfProblem,
      pageProblem,
    };
  } catch (error) {
    progress.stop();
    throw error;
  } finally {
    await Promise.all([printer?.close(), pages.close()]);
  }
}

/** The `report --json` contract. */
export function reportsToJson({ pdfProblem, pageProblem, ...written }: WrittenReports): unknown {
  return { ...written, pdfProblem: toldOf(pdfProblem), pageProblem: toldOf(pageProblem) };
}

function toldOf(problem: LabproofError | null): unknown {
  if (problem === null) return null;
  const { code, message, fix } = problem;
  return { code, message, fix };
}

function notRendered(student: string, error: unknown): LabproofError {
  return cliError('report-not-rendered', {
    message: `The report of ${student} could not be written because of a fault in Labproof: ${reasonOf(error)}. Its page says so, the grade is not touched, and the other reports are whole.`,
    fix: 'Look into grade.json of this student, and report the fault with it.',
    cause: error,
  });
}

function notInClass(student: string, error: unknown): LabproofError {
  return cliError('report-not-rendered', {
    message: `The class report leaves ${student} out because of a fault in Labproof: ${reasonOf(error)}. The grade is in grades.csv and grades.json.`,
    fix: 'Look into grade.json of this student, and report the fault with it.',
    cause: error,
  });
}

function notPrinted(title: string, error: unknown): LabproofError {
  return cliError('report-not-printed', {
    message: `The report of ${title} could not be printed because of a fault in Labproof: ${reasonOf(error)}.`,
    fix: 'Its HTML is complete: print it to PDF from any browser, and report the fault.',
    cause: error,
  });
}

/** `findings.json`, where the folder holds one; folders graded by earlier versions do not. */
async function readFindings(directory: string): Promise<{ findings?: Finding[] }> {
  const path = join(directory, 'findings.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return {};
  try {
    return { findings: z.array(FindingSchema).parse(JSON.parse(text)) };
  } catch (error) {
    throw cliError('report-bad-findings', {
      message: `${path} is not what this version writes: ${reasonOf(error)}`,
      fix: 'Grade the submissions again, or delete that file.',
      cause: error,
    });
  }
}
