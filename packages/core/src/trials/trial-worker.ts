import { parentPort, workerData } from 'node:worker_threads';
import type { Kernels } from '../engines/kernels.ts';
import { problemOf } from '../errors/reason.ts';
import { unexpectedFault } from './unexpected-fault.ts';
import { recheckTrial } from './recheck-trial.ts';
import { runTrial } from './run-trial.ts';
import { TrialCache } from './trial-cache.ts';
import { openTrialEngine, type TrialEngine } from './trial-engine.ts';
import { UnfinishedTrial } from './unfinished-trial.ts';
import type { TrialAnswer, TrialJob, TrialNotice, WorkerSetup } from './worker-messages.ts';

/** A worker thread: trains the jobs it is sent, one after the other, and leaves the results in the cache. */
const port = parentPort;
if (port === null) throw new Error('the trial worker must be started as a worker thread');
const setup: WorkerSetup = workerData;
const cache = new TrialCache(setup.cacheDirectory, setup.build);
let opened: TrialEngine | undefined;
const tell = (message: TrialNotice | TrialAnswer): void => port.postMessage(message);
const now = (): number => performance.now() / 1000;

port.on('message', (job: TrialJob) => {
  void train(job);
});

async function train(job: TrialJob): Promise<void> {
  try {
    opened ??= await openTrialEngine(setup.engine, job.plan.model, setup.threads);
    const { kernels, createProgram } = opened;
    if (job.unchecked === true && (await recheck(job, kernels))) {
      tell({ kind: 'finished' });
      return;
    }
    const checkpoint = await cache.readCheckpoint(job.key);
    const own = cache.isOwn(checkpoint);
    const finished = await runTrial({
      kernels,
      createProgram,
      plan: job.plan,
      dataset: setup.dataset,
      seed: job.seed,
      landmarks: job.landmarks === true,
      now,
      checkpoint,
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      onCheckpoint: (next) => cache.writeCheckpoint(job.key, next, own),
    });
    await cache.write(job.key, finished, own);
    tell({ kind: 'finished' });
  } catch (error) {
    const problem = problemOf(error, () => unexpectedFault(error));
    const landmarks = error instanceof UnfinishedTrial ? { landmarks: error.landmarks } : {};
    tell({ kind: 'failed', problem, ...landmarks });
  }
}

/** Gives a trial of an older version its checksum; false where it is not what its weights give. */
async function recheck({ key, plan }: TrialJob, kernels: Kernels): Promise<boolean> {
  const kept = await cache.lookUp(key);
  if (kept.kind !== 'unchecked') return kept.kind === 'whole';
  const { dataset } = setup;
  const checked = recheckTrial({ kernels, plan, dataset, trial: kept.trial });
  if (checked !== null) await cache.write(key, checked, false);
  return checked !== null;
}
