import { lstatSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Dataset } from '@labproof/core';
import { type ThreadsOfATask, threadsOf } from '@labproof/core/workers';
import { type Lab, studentEdition } from '@labproof/lab';
import {
  checkKinds,
  type Grade,
  gradeForStudent,
  type SelfCheck,
  selfCheck,
} from '@labproof/grader';
import { classErrors, processExecutor, studentId } from '@labproof/class';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { cliError } from '../errors.ts';

/** What grading gives a submission unless told: seconds, and MiB of memory. */
const TIME_LIMIT = 300;
const MEMORY_LIMIT = 2048;

/** How a submission is looked over. */
export interface CheckOptions {
  readonly path: string;
  readonly lab: Lab;
  readonly engine: 'auto' | 'native' | 'wasm';
  readonly threads: ThreadsOfATask;
  readonly date?: string;
}

/**
 * Checks one submission against the student edition of a lab, whichever edition is at hand: what the edition does not
 * hold cannot get into what comes out. Throws `submission-not-found` for a path where nothing is.
 */
export async function checkSubmission(
  context: Context,
  options: CheckOptions,
): Promise<{ check: SelfCheck; page: () => Promise<string> }> {
  const { path, date } = options;
  const lab = studentEdition(options.lab, checkKinds);
  assertWhole(path);
  const datasets = new Map<string, Dataset>();
  const progress = new Progress(context, 'self-check');
  const graded = await gradeAlone(context, { ...options, lab }, datasets).finally(() =>
    progress.stop(),
  );
  const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
  return {
    check: selfCheck(graded, lab),
    async page() {
      // Most look at the terminal alone, and pages take long to load.
      const { misclassifiedImages, renderStudentReport } = await import('@labproof/report');
      return renderStudentReport({
        grade: gradeForStudent(graded, lab),
        lab,
        classes,
        misclassifiedImages: misclassifiedImages(graded, lab, datasets),
        ...(date === undefined ? {} : { date }),
      });
    },
  };
}

/** A file by itself is a part of what is handed in, if anything; looked over alone it would say that the rest is lost. */
function assertWhole(path: string): void {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    throw cliError('submission-not-found', {
      message: `There is nothing at ${path}.`,
      fix: 'Name the folder or the zip that you mean to hand in.',
    });
  }
  if (status.isFile() && !path.toLowerCase().endsWith('.zip')) {
    throw classErrors.error('submission-unreadable', {
      message: `${basename(path)} is neither a folder nor a .zip file.`,
      fix: 'Hand in a folder or a .zip with answers.md and the models in it, and name that.',
    });
  }
}

/** Grades in a process of its own, under the same limits as in a class: it can be ended at any moment. */
async function gradeAlone(
  context: Context,
  { path, lab, engine, threads }: CheckOptions,
  datasets: Map<string, Dataset>,
): Promise<Grade> {
  const { signal } = context;
  let grade: Grade | undefined;
  try {
    await processExecutor.grade({
      setup: {
        kind: 'setup',
        lab,
        engine,
        threads: threadsOf(threads, 1, 1),
        memoryLimit: MEMORY_LIMIT,
        limits: {},
        trains: false,
      },
      jobs: [
        {
          kind: 'grade',
          source: { kind: 'parts', parts: [{ path, file: basename(path) }] },
          student: studentId(basename(resolve(path))) || 'submission',
          name: null,
          keptDigest: null,
        },
      ],
      processes: 1,
      timeLimit: TIME_LIMIT,
      trainer: null,
      loadDataset: async (id) => {
        const dataset = await loadDatasetWithProgress(context, id);
        datasets.set(id, dataset);
        // Training images stay here: grading looks at none.
        const { title, classes, imageShape, test, digest } = dataset;
        return { id, title, classes, imageShape, test, digest };
      },
      signal,
      onGraded: (_, result) => {
        if (result !== 'unchanged') grade = result.grade;
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  if (grade === undefined) throw new Error('a self-check came back without a grade');
  return grade;
}
