import { Worker } from 'node:worker_threads';
import { classError } from '../errors.ts';

/** The signal by which a process that has grown past its limit ends itself; nothing else sends it. */
export const MEMORY_SIGNAL = 'SIGUSR2';

/** The signal by which a process ends itself that has worked too long at one file. */
export const WORK_SIGNAL = 'SIGVTALRM';

const SECONDS_BETWEEN_LOOKS = 0.05;

/**
 * Ends this process when it holds more memory than allowed, or when the one that started it is gone. A thread of its
 * own looks, because the memory that matters (typed arrays, WebAssembly) is outside the limit that V8 keeps, and
 * while a submission is being read the main thread looks at nothing. It also ends the process past the processor time
 * (seconds, of all its threads since it began) that stands in `until`.
 */
export function watchProcess(limitMiB: number, until: Float64Array<SharedArrayBuffer>): Worker {
  const source = `
    const parent = process.ppid;
    const { workerData: until } = require('node:worker_threads');
    setInterval(() => {
      if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
      if (process.memoryUsage.rss() > ${Math.floor(limitMiB * 2 ** 20)}) {
        process.kill(process.pid, '${MEMORY_SIGNAL}');
      }
      const { user, system } = process.cpuUsage();
      if ((user + system) / 1e6 > until[0]) process.kill(process.pid, '${WORK_SIGNAL}');
    }, ${SECONDS_BETWEEN_LOOKS * 1000});
  `;
  const worker = new Worker(source, {
    eval: true,
    execArgv: [],
    workerData: until,
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  worker.unref();
  return worker;
}

/** The error of a limit that leaves no room for any submission. */
export function memoryLimitTooLow(limitMiB: number): Error {
  return classError('memory-limit-too-low', {
    message: `A grading process needs more than the ${limitMiB} MiB it may have before it has read any submission.`,
    fix: 'Raise the memory limit.',
  });
}
