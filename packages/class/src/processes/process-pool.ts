import { GradingPlace } from './grading-place.ts';
import type { GradingJob } from './messages.ts';
import type { SubmissionExecutor, SubmissionWork } from './submission-executor.ts';

/** Grades submissions in processes of this machine, as many side by side as are asked for. */
export const processExecutor: SubmissionExecutor = { grade: gradeInProcesses };

async function gradeInProcesses(work: SubmissionWork): Promise<void> {
  const queue = [...work.jobs];
  const places = Array.from(
    { length: Math.min(work.processes, queue.length) },
    () => new GradingPlace(work),
  );
  const stop = (): void => {
    for (const place of places) place.stop();
  };
  work.signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(places.map((place) => drain(place, queue, work)));
  } finally {
    work.signal?.removeEventListener('abort', stop);
    stop();
  }
}

async function drain(
  place: GradingPlace,
  queue: GradingJob[],
  work: SubmissionWork,
): Promise<void> {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    work.onGraded(job, await place.grade(job));
  }
  place.release();
}
