import type { EngineChoice, Lab } from '@labproof/core';
import type { RecipeTrainer } from '../checks/reproduction-trials.ts';
import type { ComparableGrade } from '../grade-submission.ts';
import type { Limits } from '../limits.ts';
import type { GradingDataset } from '../models/evaluate-model.ts';
import type { BatchProgress } from './grade-batch.ts';
import type { GradingLog } from './grading-log.ts';
import type { HandIn } from './hand-in.ts';
import { gradingKey, type KeptGrade, KeptGrades } from './kept-grades.ts';
import type { GradingJob } from './messages.ts';
import { processExecutor } from './process-pool.ts';
import type { SubmissionExecutor } from './submission-executor.ts';

/**
 * Grades every hand-in, in any order: what is kept from before is used where the submission and everything else that
 * a grade depends on are the same. A finished grade is first recorded and then kept, so that a kill at any moment
 * loses at most the work on submissions that were not finished.
 */
export async function gradeAll(options: {
  lab: Lab;
  handIns: readonly HandIn[];
  loadDataset: (id: string) => Promise<GradingDataset>;
  out: string;
  log: GradingLog;
  engine: EngineChoice;
  jobs: number;
  timeLimit: number;
  memoryLimit: number;
  limits: Limits;
  fresh: boolean;
  /** Digest of the secret of hidden images; `null` where there are none. */
  hidden: string | null;
  trainer: RecipeTrainer | null;
  /** Who grades; processes of this machine unless told. */
  executor?: SubmissionExecutor;
  onProgress: (progress: BatchProgress) => void;
  signal?: AbortSignal;
}): Promise<{ graded: readonly ComparableGrade[]; reused: number }> {
  const { lab, handIns, loadDataset, engine, memoryLimit, limits } = options;
  const keyOf = gradingKey(lab, {
    limits,
    trains: options.trainer !== null,
    hidden: options.hidden,
  });
  const store = new KeptGrades(options.out);
  store.keepOnly(handIns.map(({ student }) => student));
  const keys = new Map(handIns.map(({ student, name }) => [student, keyOf(student, name)]));
  const kept = new Map<string, KeptGrade>();
  for (const { student } of options.fresh ? [] : handIns) {
    const content = store.read(student, keys.get(student) ?? '');
    if (content !== null && (await isOfTheseData(content, loadDataset))) kept.set(student, content);
  }
  const graded: ComparableGrade[] = [];
  let reused = 0;
  await (options.executor ?? processExecutor).grade({
    setup: {
      kind: 'setup',
      lab,
      engine,
      memoryLimit,
      limits,
      trains: options.trainer !== null,
    },
    jobs: handIns.map(({ student, name, parts }): GradingJob => ({
      kind: 'grade',
      source: { kind: 'parts', parts },
      student,
      name,
      keptDigest: kept.get(student)?.submissionDigest ?? null,
    })),
    processes: options.jobs,
    timeLimit: options.timeLimit,
    trainer: options.trainer,
    loadDataset,
    onGraded: ({ student }, result) => {
      const content = result === 'unchanged' ? (kept.get(student) ?? null) : result;
      if (content === null) throw new Error(`no grade of ${student} is kept`);
      const { grade, models } = content;
      if (result === 'unchanged') reused += 1;
      else {
        options.log.append('graded', grade, JSON.stringify(grade));
        store.write(keys.get(student) ?? '', content);
      }
      graded.push({ grade, models });
      options.onProgress({
        done: graded.length,
        total: handIns.length,
        student,
        status: grade.status,
        reused: result === 'unchanged',
      });
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return { graded, reused };
}

async function isOfTheseData(
  { grade }: KeptGrade,
  loadDataset: (id: string) => Promise<GradingDataset>,
): Promise<boolean> {
  for (const [id, digest] of Object.entries(grade.provenance.dataDigests)) {
    if ((await loadDataset(id)).digest !== digest) return false;
  }
  return true;
}
