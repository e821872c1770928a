import { type Lab, LabproofError } from '@labproof/core';
import { type BatchResult, gradeBatch } from '@labproof/grader';
import type { Context } from './context.ts';
import { BROKEN, CLEAN, FINDINGS } from './exit-codes.ts';
import { Progress } from './progress.ts';
import { loadDatasetWithProgress } from './trials.ts';

/** What `grade` is asked to do. */
export interface GradeOptions {
  readonly out: string;
  readonly roster?: string;
  readonly reviews?: string;
  readonly engine: 'auto' | 'native' | 'wasm';
  readonly jobs?: number;
  readonly timeLimit?: number;
}

/** Grades a class with progress on stderr. */
export async function gradeClass(
  context: Context,
  lab: Lab,
  paths: readonly string[],
  options: GradeOptions,
): Promise<BatchResult> {
  assertNotStudentEdition(lab);
  let progress: Progress | undefined;
  try {
    const result = await gradeBatch({
      paths,
      lab,
      loadDataset: (id) => loadDatasetWithProgress(context, id),
      engine: options.engine,
      jobs: options.jobs ?? context.cores,
      out: options.out,
      ...(options.roster === undefined ? {} : { roster: options.roster }),
      ...(options.reviews === undefined ? {} : { reviews: options.reviews }),
      ...(options.timeLimit === undefined ? {} : { timeLimit: options.timeLimit }),
      signal: context.signal,
      onProgress: ({ done, total, student, status }) => {
        progress ??= new Progress(context, 'grading');
        progress.update(done / total, `${done} of ${total}, ${student}: ${status}`);
      },
    });
    progress?.done(`${result.grades.length} submissions`);
    for (const warning of result.warnings) context.err(`note: ${warning}\n`);
    for (const { student, name } of result.missing) {
      context.err(`note: no submission from ${student}${name === null ? '' : ` (${name})`}\n`);
    }
    return result;
  } catch (error) {
    progress?.stop();
    throw error;
  }
}

function assertNotStudentEdition({ id, edition }: Lab): void {
  if (edition !== 'student') return;
  throw new LabproofError({
    code: 'lab-student-edition',
    owner: 'instructor',
    message: `"${id}" is a student edition: it holds no rubrics and no bands, so nothing can be graded by it.`,
    fix: 'Grade by the lab itself, or look a submission over with "labproof check".',
  });
}

/** `broken` grades are our fault (2); submissions that could not be read or are missing want a look (1). */
export function gradeExitCode({ grades, missing }: BatchResult): number {
  if (grades.some(({ status }) => status === 'broken')) return BROKEN;
  return missing.length > 0 || grades.some(({ status }) => status === 'refused') ? FINDINGS : CLEAN;
}
