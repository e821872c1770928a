import { ARITHMETIC_VERSION, hashOf, LabproofError } from '@labproof/core';
import { mapSideBySide, Places } from '@labproof/core/workers';
import { type ComparableGrade, GRADER_VERSION, brokenGrade } from '@labproof/grader';
import {
  classErrors,
  type Graded,
  type GradingJob,
  type SubmissionExecutor,
  type SubmissionWork,
  packHandIn,
} from '@labproof/class';
import { fileMissing, type FileStore, getFile, putFile } from './file-store.ts';
import { readGrade } from './grade-file.ts';
import { ENDED_WORKERS, type JobClient } from './job-client.ts';
import { jobId, type QueuedSubmission, SubmissionAnswerSchema } from './jobs.ts';
import { queueError } from './errors.ts';

/** Submissions that are opened and packed side by side; each may hold hundreds of megabytes. */
const PACKED_AT_ONCE = 4;

/** Submissions of this command that are in the queue at one time. */
const IN_FLIGHT = 64;

/**
 * Grades on the workers behind a queue. Submissions and grades travel through the file store; what stands in Redis
 * names nobody. A submission that ends its worker twice gets a `broken` grade, and the rest goes on.
 */
export class QueueSubmissions implements SubmissionExecutor {
  readonly #client: JobClient;
  readonly #store: FileStore;
  readonly #scope: string | null;

  constructor(options: {
    client: JobClient;
    store: FileStore;
    /** Submissions of one scope never take the grades of another. */
    scope: string | null;
  }) {
    this.#client = options.client;
    this.#store = options.store;
    this.#scope = options.scope;
  }

  async grade(work: SubmissionWork): Promise<void> {
    if (work.trainer !== null) throw withTrainer();
    const packing = new Places(PACKED_AT_ONCE);
    await mapSideBySide(work.jobs, IN_FLIGHT, async (job) => {
      work.onGraded(job, await this.#graded(job, work, packing));
    });
  }

  async #graded(job: GradingJob, work: SubmissionWork, packing: Places): Promise<Graded> {
    const { lab, limits } = work.setup;
    const packed = await packing.use(async () => {
      const hand = await packHandIn(lab, job, limits);
      if (hand.kind === 'graded') return hand;
      return {
        kind: 'stored' as const,
        address: await putFile(this.#store, 'submissions', hand.bytes),
      };
    });
    if (packed.kind === 'graded') return packed.grade;
    const queued = queuedSubmission(work, packed.address.digest);
    // Redis remembers answers for longer than somebody may keep the files: then the submission is graded once more.
    const graded =
      (await this.#answer(queued, job, work)) ?? (await this.#again(queued, job, work));
    if (graded === null) {
      throw fileMissing(this.#store, { kind: 'submissions', digest: queued.submission });
    }
    return graded;
  }

  async #again(queued: QueuedSubmission, job: GradingJob, work: SubmissionWork) {
    await this.#client.forget(jobId(queued, this.#scope));
    return this.#answer(queued, job, work);
  }

  /** The grade; `null` where its file is gone. */
  async #answer(
    queued: QueuedSubmission,
    job: GradingJob,
    work: SubmissionWork,
  ): Promise<ComparableGrade | null> {
    const end = await this.#run(jobId(queued, this.#scope), queued, work);
    if (end.kind === 'failed') {
      if (end.problem.code !== ENDED_WORKERS) throw new LabproofError(end.problem);
      const { code, message, fix } = end.problem;
      const subject = { lab: work.setup.lab, student: job.student, name: job.name };
      return { grade: brokenGrade(subject, { code, message, fix }), models: [] };
    }
    const { grade: digest, worker } = SubmissionAnswerSchema.parse(end.answer);
    const bytes = await getFile(this.#store, { kind: 'grades', digest });
    if (bytes === null) return null;
    const graded = readGrade(bytes);
    await assertSameData(graded, worker, work);
    return graded;
  }

  async #run(id: string, job: QueuedSubmission, { signal }: SubmissionWork) {
    try {
      return await this.#client.run(id, job, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted !== true || !(error instanceof LabproofError)) throw error;
      throw classErrors.error('grading-interrupted', {
        message:
          'Grading was interrupted before every submission was graded; the results are as they were.',
        fix: error.fix,
      });
    }
  }
}

function queuedSubmission(
  { setup, timeLimit }: SubmissionWork,
  submission: string,
): QueuedSubmission {
  return {
    kind: 'submission',
    arithmetic: ARITHMETIC_VERSION,
    grader: GRADER_VERSION,
    lab: setup.lab.id,
    labHash: hashOf(setup.lab),
    limits: setup.limits,
    timeLimit,
    memoryLimit: setup.memoryLimit,
    submission,
    exclude: [],
    passedBy: [],
  };
}

/** Data are pinned by the lab, but a folder of somebody's own data may be another on another machine. */
async function assertSameData(
  { grade }: ComparableGrade,
  worker: string,
  work: SubmissionWork,
): Promise<void> {
  for (const [id, digest] of Object.entries(grade.provenance.dataDigests)) {
    if ((await work.loadDataset(id)).digest === digest) continue;
    throw queueError('queue-other-data', {
      message: `The worker ${worker} has other data under the name ${id} than this machine.`,
      fix: `Add the same data on both with "labproof datasets add ${id} PATH".`,
    });
  }
}

function withTrainer(): LabproofError {
  return queueError('queue-no-trainer', {
    message:
      'Recipes that students state cannot be trained by the workers: they train only what their labs hold.',
    fix: 'Grade this class on one machine.',
  });
}
