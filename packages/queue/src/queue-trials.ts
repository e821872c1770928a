import {
  ARITHMETIC_VERSION,
  canonicalJson,
  type FinishedTrial,
  LabproofError,
  splitFloats,
  threadExecutor,
  type TrialExecutor,
  type TrialJob,
  type TrialWork,
} from '@labproof/core';
import { fileMissing, type FileStore, getFile } from './file-store.ts';
import type { JobClient, JobEnd } from './job-client.ts';
import {
  jobId,
  NO_OTHER_WORKER,
  noOtherWorker,
  type QueuedTrial,
  type TrialAnswer,
  TrialAnswerSchema,
  TrialProgressSchema,
} from './jobs.ts';
import { isRechecked } from './recheck.ts';
import type { WorkerRegister } from './worker-register.ts';
import { queueError } from './errors.ts';

/** What trials over the queue need. */
export interface QueueTrialsOptions {
  readonly client: JobClient;
  readonly register: WorkerRegister;
  readonly store: FileStore;
  /** Share of trials that two different workers train, 0 … 1. */
  readonly recheck: number;
  /** Trials of one scope never take the answers of another: a night trains anew what an earlier night has trained. */
  readonly scope: string | null;
  /** Things to be told while the work goes on: a quarantine, a trial that could not be checked. */
  readonly onNotice: (message: string) => void;
}

/** Milliseconds between two looks at who is alive. */
const LOOK_MS = 3000;

/** Who gave an answer that no worker gave. */
const THIS_MACHINE = 'this machine';

/**
 * Trains on the workers behind a queue. A trial that fails does not stop the others; when all have ended, the first
 * that failed is thrown. With a share to recheck nothing is accepted before every comparison has been made.
 */
export class QueueTrials implements TrialExecutor {
  readonly #options: QueueTrialsOptions;
  readonly #bad = new Set<string>();

  constructor(options: QueueTrialsOptions) {
    this.#options = options;
  }

  async train(work: TrialWork): Promise<void> {
    for (const name of await this.#options.register.quarantined()) this.#bad.add(name);
    const waits = this.#options.recheck > 0;
    const ends = await Promise.allSettled(
      work.trials.map(async (trial) => {
        const answer = await this.#checked(trial, work);
        if (!waits) await this.#accept(trial, answer, work);
        return answer;
      }),
    );
    for (const [index, trial] of waits ? work.trials.entries() : []) {
      const end = ends[index];
      if (end?.status === 'fulfilled') {
        await this.#accept(trial, await this.#trusted(trial, end.value, work), work);
      }
    }
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** The answer to a trial; where it is among those to be checked, one that two workers agree on. */
  async #checked(trial: TrialJob, work: TrialWork): Promise<TrialAnswer> {
    const first = await this.#obtain(trial, [], work);
    if (!isRechecked(trial.key, this.#options.recheck)) return first;
    const second = await this.#obtain(trial, [first.worker], work);
    if (same(first, second)) return first;
    const third = await this.#obtain(trial, [first.worker, second.worker], work);
    if (same(third, first)) {
      await this.#quarantine(second, third, trial);
      return first;
    }
    if (same(third, second)) {
      await this.#quarantine(first, third, trial);
      return second;
    }
    const workers = [first, second, third].map(({ worker }) => worker).join(', ');
    throw queueError('queue-trial-not-reproducible', {
      message: `The trial of seed ${trial.seed} came out in three ways on ${workers}, so none of them can be believed.`,
      fix: 'Compare the machines with "labproof verify --digests" and take away those that differ.',
    });
  }

  /** The answer itself, or another worker's where its worker has been found bad since. */
  async #trusted(trial: TrialJob, answer: TrialAnswer, work: TrialWork): Promise<TrialAnswer> {
    return this.#bad.has(answer.worker) ? this.#obtain(trial, [], work) : answer;
  }

  /** An answer by a worker that is none of these and not in quarantine; by this machine where no other is left. */
  async #obtain(
    trial: TrialJob,
    exclude: readonly string[],
    work: TrialWork,
  ): Promise<TrialAnswer> {
    const shunned = new Set(exclude);
    for (;;) {
      const end = await this.#run(trial, [...shunned].toSorted(), work);
      if (end.kind === 'failed') {
        if (end.problem.code !== NO_OTHER_WORKER) throw new LabproofError(end.problem);
        this.#options.onNotice(
          `seed ${trial.seed}: no worker is there besides ${[...shunned].join(', ')}; it is trained on this machine`,
        );
        return trainHere(trial, work);
      }
      const answer = TrialAnswerSchema.parse(end.answer);
      if (!this.#bad.has(answer.worker)) {
        const { seed, plan } = trial;
        work.onProgress?.({ seed, steps: 1, totalSteps: 1, epoch: plan.recipe.epochs });
        return answer;
      }
      shunned.add(answer.worker);
    }
  }

  /** One job. A job that shuns workers ends with `NO_OTHER_WORKER` as soon as all that are alive are among them. */
  async #run(trial: TrialJob, shunned: string[], work: TrialWork): Promise<JobEnd> {
    const { client, register, scope } = this.#options;
    const job = queuedTrial(trial, work, shunned);
    const nobody = new AbortController();
    const signals = work.signal === undefined ? [nobody.signal] : [nobody.signal, work.signal];
    const look = async (): Promise<void> => {
      const live = await register.live();
      if (live.every((worker) => shunned.includes(worker))) nobody.abort();
    };
    // Without workers to shun there is no hurry: somebody may start one.
    const timer = shunned.length === 0 ? undefined : setInterval(() => void look(), LOOK_MS);
    try {
      if (timer !== undefined) await look();
      return await client.run(jobId(job, scope), job, {
        onProgress: (progress) => report(progress, work),
        signal: AbortSignal.any(signals),
      });
    } catch (error) {
      if (!nobody.signal.aborted || work.signal?.aborted === true) throw error;
      return { kind: 'failed', problem: noOtherWorker(shunned) };
    } finally {
      clearInterval(timer);
    }
  }

  async #quarantine(wrong: TrialAnswer, right: TrialAnswer, trial: TrialJob): Promise<void> {
    const { worker } = wrong;
    const reason = `seed ${trial.seed} of ${trial.plan.recipe.model.name} gave ${wrong.result.digest.slice(0, 16)}, and two others ${right.result.digest.slice(0, 16)}`;
    // What this machine itself computes cannot be taken out of the queue; it is said and not believed.
    if (worker !== THIS_MACHINE) await this.#options.register.quarantine(worker, reason);
    this.#bad.add(worker);
    this.#options.onNotice(
      `worker ${worker} computes wrongly and is in quarantine: ${reason}; its other trials are run again`,
    );
  }

  /** Takes an answer with its weights into the cache. */
  async #accept(trial: TrialJob, answer: TrialAnswer, work: TrialWork): Promise<void> {
    if (answer.worker !== THIS_MACHINE) {
      const finished =
        (await this.#fetch(answer)) ?? (await this.#fetch(await this.#again(trial, work)));
      if (finished === null) {
        throw fileMissing(this.#options.store, { kind: 'weights', digest: answer.result.digest });
      }
      await work.cache.write(trial.key, finished);
    }
    await work.onFinished(trial.key);
  }

  /** Redis remembers answers for longer than somebody may keep the files: then the trial is run once more. */
  async #again(trial: TrialJob, work: TrialWork): Promise<TrialAnswer> {
    await this.#options.client.forget(jobId(queuedTrial(trial, work, []), this.#options.scope));
    return this.#obtain(trial, [], work);
  }

  async #fetch({ result, lengths }: TrialAnswer): Promise<FinishedTrial | null> {
    const bytes = await getFile(this.#options.store, { kind: 'weights', digest: result.digest });
    const weights = bytes === null ? null : splitFloats(bytes, lengths);
    return weights === null ? null : { result, weights };
  }
}

function queuedTrial(trial: TrialJob, work: TrialWork, exclude: string[]): QueuedTrial {
  return {
    kind: 'trial',
    arithmetic: ARITHMETIC_VERSION,
    dataDigest: work.dataset.digest,
    recipe: trial.plan.recipe,
    seed: trial.seed,
    ...(trial.landmarks === true ? { landmarks: true } : {}),
    exclude,
    passedBy: [],
  };
}

/** Everything that a worker computed; how long it took is its own affair. */
function same(a: TrialAnswer, b: TrialAnswer): boolean {
  return canonicalJson({ ...a.result, seconds: 0 }) === canonicalJson({ ...b.result, seconds: 0 });
}

async function trainHere(trial: TrialJob, work: TrialWork): Promise<TrialAnswer> {
  await threadExecutor.train({
    trials: [trial],
    dataset: work.dataset,
    engine: 'auto',
    jobs: 1,
    cache: work.cache,
    onFinished: () => Promise.resolve(),
    ...(work.signal === undefined ? {} : { signal: work.signal }),
  });
  const finished = await work.cache.read(trial.key);
  if (finished === null) throw new Error(`no result for trial ${trial.key}`);
  return {
    worker: THIS_MACHINE,
    result: finished.result,
    lengths: finished.weights.map(({ length }) => length),
  };
}

function report(progress: unknown, { onProgress }: TrialWork): void {
  const { data } = TrialProgressSchema.safeParse(progress);
  if (data === undefined) return;
  const { seed, steps, totalSteps, epoch } = data;
  onProgress?.({ seed, steps, totalSteps, epoch });
}
