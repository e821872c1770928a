import { hostname } from 'node:os';
import { join } from 'node:path';
import { threadsOf } from '@labproof/core/workers';
import { coresFor, threadsOption, type ThreadsWish } from '../options/threads.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandDefinition } from '../program/command.ts';
import { interruptedExitCode, interruptionOf } from '../program/interruption.ts';
import { queueAddress } from '../queue/address.ts';
import { fileStore } from '../queue/file-store.ts';
import { queuePackage } from '../queue/load.ts';
import { addQueueAddress, type QueueFlags } from '../queue/options.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';

type WorkerFlags = QueueFlags & {
  readonly jobs?: number;
  readonly threads: ThreadsWish;
  readonly name: string;
};

/** `labproof worker`: takes trials and submissions from a queue until it is stopped. */
export const workerCommand: CommandDefinition = (program, context, state) => {
  const command = program
    .command('worker')
    .description('do the work that run, calibrate, verify and grade put into a queue');
  addQueueAddress(command, 'the queue')
    .option('--jobs <n>', 'jobs side by side (default: one a core)', wholeNumber(1))
    .addOption(threadsOption('job'))
    .option('--name <name>', 'name of this machine among the workers', hostname())
    .action(async (options: WorkerFlags) => {
      const address = await queueAddress(context, options);
      const store = await fileStore(context, options);
      const shares = coresFor(context, options);
      const { jobs } = shares;
      // Nobody knows how many jobs will come: those that may be taken at one time have the cores among them.
      const threads = threadsOf(shares.threads, jobs, jobs);
      const { signal: never } = new AbortController();
      const { startWorker } = await queuePackage();
      const worker = await startWorker({
        address,
        store,
        name: options.name,
        jobs,
        threads,
        labs: context.labs.list(),
        // Jobs that a worker gives back because it is stopped have not failed for want of their data.
        loadDataset: (id) => loadDatasetWithProgress({ ...context, signal: never }, id),
        cacheDirectory: join(context.trialCacheDirectory, 'worker'),
        onEvent: (line) => context.err(`${line}\n`),
      });
      context.err(
        `worker ${options.name}: ${jobs} ${jobs === 1 ? 'job' : 'jobs'} side by side${
          threads === 1 ? '' : `, each on ${threads} threads,`
        } from ${address}, files in ${store.name}\n`,
      );
      const stop = (): void => void worker.stop();
      if (context.signal.aborted) stop();
      context.signal.addEventListener('abort', stop, { once: true });
      await worker.ended;
      const { signal } = context;
      // A service manager stops a worker by SIGTERM: then giving the jobs back is all that it still had to do.
      if (signal.aborted && interruptionOf(signal).signal !== 'SIGTERM') {
        state.exitCode = interruptedExitCode(signal);
      }
    });
};
