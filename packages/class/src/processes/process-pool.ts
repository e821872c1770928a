import { WorkerPool, mapSideBySide } from '@labproof/core/workers';
import { GradingPlace } from './grading-place.ts';
import { PlaygroundTallies } from './playground-tallies.ts';
import {
  assertNotInterrupted,
  type SubmissionExecutor,
  type SubmissionWork,
} from './submission-executor.ts';

/** Grades submissions in processes of this machine, as many side by side as are asked for. */
export const processExecutor: SubmissionExecutor = { grade: (work) => gradeInProcesses(work) };

/** `tallies`: what playground networks came to already; those of these submissions are added. */
export async function gradeInProcesses(
  work: SubmissionWork,
  tallies: PlaygroundTallies = new PlaygroundTallies(),
): Promise<void> {
  const places = new WorkerPool<GradingPlace>({
    most: work.processes,
    stop: (place) => place.stop(),
  });
  const kind = { name: 'grading', start: () => new GradingPlace({ ...work, tallies }) };
  const stop = (): void => void places.stop();
  work.signal?.addEventListener('abort', stop, { once: true });
  try {
    await mapSideBySide(work.jobs, work.processes, async (job) => {
      assertNotInterrupted(work);
      work.onGraded(job, await places.use(kind, (place) => place.grade(job)));
    });
  } finally {
    work.signal?.removeEventListener('abort', stop);
    await places.stop();
  }
}
