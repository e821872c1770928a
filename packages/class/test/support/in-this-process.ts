import { LabproofError, openKernels } from '@labproof/core';
import type { GradingDataset } from '@labproof/grader';
import { readingLimits, submissionDigest } from '@labproof/submission';
import { openSource } from '../../src/processes/pack-hand-in.ts';
import { gradeFiles } from '../../src/processes/grade-path.ts';
import { orProblem } from '../../src/processes/or-problem.ts';
import { problemOfError } from '../../src/processes/messages.ts';
import {
  assertNotInterrupted,
  type SubmissionExecutor,
} from '../../src/processes/submission-executor.ts';

/** Grades as a grading process does, but in the process of the test: for tests of what is done with grades. */
export const inThisProcess: SubmissionExecutor = {
  async grade(work) {
    const { lab, engine, limits: own } = work.setup;
    const { trainer } = work;
    const limits = readingLimits(own);
    const kernels = await openKernels(engine);
    const datasets = new Map<string, GradingDataset>();
    for (const job of work.jobs) {
      assertNotInterrupted(work);
      const { student, name } = job;
      const task = {
        lab,
        limits,
        kernels,
        datasets,
        loadDataset: async (id: string): Promise<GradingDataset> => {
          const dataset = datasets.get(id) ?? (await work.loadDataset(id));
          datasets.set(id, dataset);
          return dataset;
        },
        student,
        name,
        ...(trainer === null
          ? {}
          : {
              trainer: async (...asked: Parameters<typeof trainer>) => {
                try {
                  return await trainer(...asked);
                } catch (error) {
                  throw new LabproofError(problemOfError(error));
                }
              },
            }),
      };
      const graded = await orProblem(task, async () => {
        const files = await openSource(job.source, limits);
        if (job.keptDigest !== null && submissionDigest(files) === job.keptDigest) return null;
        return gradeFiles(task, files);
      });
      work.onGraded(job, graded ?? 'unchanged');
    }
    assertNotInterrupted(work);
  },
};
