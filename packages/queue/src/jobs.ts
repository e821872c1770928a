import {
  ARITHMETIC_VERSION,
  hashOf,
  type Recipe,
  RecipeSchema,
  TrialResultSchema,
  problemOf,
} from '@labproof/core';
import { LimitsSchema } from '@labproof/submission';
import { z } from 'zod';
import { queueError } from './errors.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/u);

/** Workers that must not take a job, because they have done it already, and those that have passed it on. */
const Passing = { exclude: z.array(z.string()), passedBy: z.array(z.string()) };

/** A trial to be trained. */
const TrialJobSchema = z.strictObject({
  kind: z.literal('trial'),
  arithmetic: z.string(),
  dataDigest: z.string(),
  recipe: RecipeSchema,
  seed: z.int().nonnegative(),
  /** The worker writes down what stands at the landmarks of the training. */
  landmarks: z.literal(true).optional(),
  ...Passing,
});
export type QueuedTrial = z.infer<typeof TrialJobSchema>;

/** A submission to be graded. The submission itself, with whose it is, lies in the file store. */
const SubmissionJobSchema = z.strictObject({
  kind: z.literal('submission'),
  arithmetic: z.string(),
  grader: z.string(),
  lab: z.string(),
  /** `hashOf` the whole lab. */
  labHash: Digest,
  limits: LimitsSchema,
  /** Seconds and MiB for one submission. */
  timeLimit: z.number().positive(),
  memoryLimit: z.number().positive(),
  submission: Digest,
  ...Passing,
});
export type QueuedSubmission = z.infer<typeof SubmissionJobSchema>;

export const JobSchema = z.discriminatedUnion('kind', [TrialJobSchema, SubmissionJobSchema]);
export type QueuedJob = z.infer<typeof JobSchema>;

/** What a worker answers to a trial; the weights lie in the file store under the result's digest. */
export const TrialAnswerSchema = z.strictObject({
  worker: z.string(),
  result: TrialResultSchema.omit({ cached: true }),
  /** Lengths of the weight arrays, in layer order. */
  lengths: z.array(z.int().nonnegative()),
});
export type TrialAnswer = z.infer<typeof TrialAnswerSchema>;

/** What a worker answers to a submission: where its grade lies in the file store. */
export const SubmissionAnswerSchema = z.strictObject({ worker: z.string(), grade: Digest });
export type SubmissionAnswer = z.infer<typeof SubmissionAnswerSchema>;

/** How far a trial is, as workers tell it now and then. */
export const TrialProgressSchema = z.strictObject({
  worker: z.string(),
  seed: z.int(),
  steps: z.number(),
  totalSteps: z.number(),
  epoch: z.number(),
});

/** The content address of a job: two jobs that must give the same have the same, and run once. */
export function jobId(job: QueuedJob, scope: string | null): string {
  const { passedBy: _, ...content } = job;
  return hashOf(scope === null ? content : { ...content, scope });
}

/**
 * Recipes that differ in nothing but their length are one family: a worker that knows an exercise knows its short
 * prefix and a run with other epochs as well.
 */
export function recipeFamily(recipe: Recipe): string {
  return hashOf({ ...recipe, epochs: 1, trainLimit: null });
}

/** Whether this version computes what the job asks for. */
export function sameArithmetic(job: QueuedJob): boolean {
  return job.arithmetic === ARITHMETIC_VERSION;
}

const ProblemSchema = z.strictObject({
  code: z.string(),
  owner: z.enum(['student', 'instructor', 'us']),
  message: z.string(),
  fix: z.string(),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** Any error as what crosses the queue: the text of a failed job. */
export function problemToText(error: unknown): string {
  const problem = problemOf(error, (reason) =>
    queueError('queue-job-failed', {
      message: reason,
      fix: 'Run the command again, and report the fault if it comes back.',
    }),
  );
  return JSON.stringify(problem satisfies Problem);
}

/** The problem in the text of a failed job; `null` where the text is the queue's own. */
export function problemFromText(text: string): Problem | null {
  try {
    return ProblemSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Code of a job that no worker but those it excludes could take. */
export const NO_OTHER_WORKER = 'queue-no-other-worker';

export function noOtherWorker(excluded: readonly string[]): Problem {
  return {
    code: NO_OTHER_WORKER,
    owner: 'instructor',
    message: `No worker is there besides ${excluded.join(', ')}.`,
    fix: 'Start a worker on another machine, or with another --name.',
  };
}

/** What is said where every worker has looked at a job and none knows what it is about. */
export function unknownToAll(workers: readonly string[]): Problem {
  return queueError('queue-lab-unknown', {
    message: `None of the workers (${workers.join(', ')}) knows this lab with these recipes and data in this version.`,
    fix: 'Give the workers the same version of Labproof and the same --labs as this command, and restart them.',
  }).toJSON();
}
