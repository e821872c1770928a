import { readFileSync } from 'node:fs';
import type { Lab } from '@labproof/lab';
import { openHandIn } from '../hand-ins/open-hand-in.ts';
import {
  type Limits,
  type ReadingLimits,
  type SubmissionFiles,
  packSubmission,
  readingLimits,
  submissionDigest,
  unpackSubmission,
} from '@labproof/submission';
import { orProblem } from './or-problem.ts';
import type { Graded } from './graded.ts';
import type { GradingJob, SubmissionSource } from './messages.ts';

/** A submission as bytes for another machine, or its grade where it needs none. */
export type PackedHandIn =
  | { readonly kind: 'packed'; readonly bytes: Uint8Array }
  | { readonly kind: 'graded'; readonly grade: Graded };

/** Opens the files of a job. */
export async function openSource(
  source: SubmissionSource,
  limits: ReadingLimits,
): Promise<SubmissionFiles> {
  if (source.kind === 'parts') return openHandIn(source.parts, limits);
  return unpackSubmission(readFileSync(source.path)).files;
}

/**
 * Packs a hand-in for another machine. One that cannot be opened has its grade at once, and so has one for which a
 * grade is kept. `limits` decide what is opened, as they will where it is graded. Only reads names and bytes; what is in the files is looked at by the process that grades.
 */
export async function packHandIn(lab: Lab, job: GradingJob, limits: Limits): Promise<PackedHandIn> {
  const { student, name, keptDigest } = job;
  const packed = await orProblem({ lab, student, name }, async (): Promise<PackedHandIn> => {
    const files = await openSource(job.source, readingLimits(limits));
    if (keptDigest !== null && submissionDigest(files) === keptDigest) {
      return { kind: 'graded', grade: 'unchanged' };
    }
    return { kind: 'packed', bytes: packSubmission({ student, name, files }) };
  });
  return 'kind' in packed ? packed : { kind: 'graded', grade: packed };
}
