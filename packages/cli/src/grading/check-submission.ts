import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Dataset, LabproofError, openKernels } from '@labproof/core';
import { type Lab, studentEdition } from '@labproof/lab';
import { type SelfCheck, gradeForStudent, selfCheck } from '@labproof/grader';
import { gradePath, studentId } from '@labproof/class';
import { renderStudentReport } from '@labproof/report';
import type { Context } from '../program/context.ts';
import { misclassifiedImages } from '../data/misclassified-images.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';

/**
 * Checks one submission against the student edition of a lab, whichever edition is at hand: what the edition does not
 * hold cannot get into what comes out. Throws `submission-not-found` for a path where nothing is.
 */
export async function checkSubmission(
  context: Context,
  options: {
    path: string;
    lab: Lab;
    engine: 'auto' | 'native' | 'wasm';
    date?: string;
  },
): Promise<{ check: SelfCheck; page: () => string }> {
  const { path, engine, date } = options;
  const lab = studentEdition(options.lab);
  if (!existsSync(path)) {
    throw new LabproofError({
      code: 'submission-not-found',
      owner: 'student',
      message: `There is nothing at ${path}.`,
      fix: 'Name the folder or the zip that you mean to hand in.',
    });
  }
  const datasets = new Map<string, Dataset>();
  const graded = await gradePath({
    path,
    lab,
    kernels: await openKernels(engine),
    datasets,
    loadDataset: async (id) => {
      const dataset = await loadDatasetWithProgress(context, id);
      datasets.set(id, dataset);
      return dataset;
    },
    student: studentId(basename(resolve(path))) || 'submission',
  });
  const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
  return {
    check: selfCheck(graded, lab),
    page: () =>
      renderStudentReport({
        grade: gradeForStudent(graded, lab),
        lab,
        classes,
        misclassifiedImages: misclassifiedImages(graded, lab, datasets),
        ...(date === undefined ? {} : { date }),
      }),
  };
}
