import { classErrors } from '../errors.ts';
import { type EngineChoice, LabproofError, reasonOf } from '@labproof/core';
import { type ThreadsOfATask, threadsOf } from '@labproof/core/workers';
import type { Lab } from '@labproof/lab';
import {
  type ComparableGrade,
  type Grade,
  type GradingDataset,
  type RecipeTrainer,
  brokenGrade,
} from '@labproof/grader';
import type { Limits, Refusal } from '@labproof/submission';
import type { BatchProgress } from './batch-progress.ts';
import { type GradingLog, loggedGrade } from './grading-log.ts';
import type { HandIn } from '../hand-ins/hand-in.ts';
import { FinishedGrades } from './finished-grades.ts';
import { type FoundGrade, KeptGrades, gradingKey } from './kept-grades.ts';
import type { GradingJob } from '../processes/messages.ts';
import { brokenWhile } from '../processes/broken-while.ts';
import { processExecutor } from '../processes/process-pool.ts';
import type { SubmissionExecutor } from '../processes/submission-executor.ts';

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
  threads: ThreadsOfATask;
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
}): Promise<{ finished: FinishedGrades; reused: number }> {
  const { lab, handIns, loadDataset, engine, memoryLimit, limits } = options;
  const keyOf = gradingKey(lab, {
    limits,
    trains: options.trainer !== null,
    hidden: options.hidden,
  });
  const store = new KeptGrades(options.out);
  store.keepOnly(handIns.map(({ student }) => student));
  const keys = new Map(handIns.map(({ student, name }) => [student, keyOf(student, name)]));
  const kept = new Map<
    string,
    Pick<FoundGrade, 'submissionDigest' | 'fileDigest'> & Pick<Grade, 'status'>
  >();
  for (const { student } of options.fresh ? [] : handIns) {
    const found = store.find(student, keys.get(student) ?? '');
    if (found === null || !(await isOfTheseData(found, loadDataset))) continue;
    const { submissionDigest, fileDigest, grade } = found;
    kept.set(student, { submissionDigest, fileDigest, status: grade.status });
  }
  const finished = new FinishedGrades(store);
  let reused = 0;
  const keep = (student: string, result: ComparableGrade): Grade['status'] => {
    const { grade, json } = writable(student, result.grade, lab);
    const kept = grade === result.grade ? result : { grade, models: [] };
    options.log.append('graded', loggedGrade(grade, json));
    try {
      const fileDigest = store.write(keys.get(student) ?? '', kept, json);
      if (fileDigest === null) finished.add(kept);
      else finished.addKept(student, fileDigest);
    } catch (error) {
      // A disk that is full is everybody's; models that cannot be written down are this student's.
      if (error instanceof LabproofError) throw error;
      const broken = brokenWhile('kept', { student, name: grade.name }, lab, error);
      finished.add({ grade: broken, models: [] });
      return broken.status;
    }
    return grade.status;
  };
  await (options.executor ?? processExecutor).grade({
    setup: {
      kind: 'setup',
      lab,
      engine,
      threads: threadsOf(options.threads, options.jobs, handIns.length),
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
      let status: Grade['status'];
      if (result === 'unchanged') {
        const found = kept.get(student);
        if (found === undefined) throw new Error(`no grade of ${student} is kept`);
        finished.addKept(student, found.fileDigest);
        status = found.status;
        reused += 1;
      } else {
        status = keep(student, result);
      }
      options.onProgress({
        done: finished.size,
        total: handIns.length,
        student,
        status,
        reused: result === 'unchanged',
      });
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return { finished, reused };
}

/** More than any grade of real work, and far less than a string can hold. */
const LONGEST_GRADE = 64 * 2 ** 20;

/** A grade as JSON; one that cannot be written down ends its own student's grading and nobody else's. */
function writable(
  student: string,
  grade: Grade,
  lab: Lab,
): { readonly grade: Grade; readonly json: string } {
  const instead = (problem: Refusal): { readonly grade: Grade; readonly json: string } => {
    const broken = brokenGrade({ lab, student, name: grade.name }, problem);
    return { grade: broken, json: JSON.stringify(broken) };
  };
  // Whoever graded it may be another machine: its answer counts for what it was asked, and names no place to write to.
  if (grade.student !== student || grade.lab.id !== lab.id) {
    return instead(
      classErrors.remark('grade-of-another', {
        message: `For ${student} in the lab ${lab.id} came a grade of somebody else or of another lab, so it does not count.`,
        fix: 'Grade again; with a queue, look at who can write to it.',
      }),
    );
  }
  let why: string;
  try {
    const json = JSON.stringify(grade);
    if (json.length <= LONGEST_GRADE) return { grade, json };
    why = `it has ${json.length} characters`;
  } catch (error) {
    why = reasonOf(error);
  }
  return instead(
    classErrors.remark('grade-not-writable', {
      message: `The grade cannot be written down: ${why}.`,
      fix: 'Report this with the submission; grade it by hand until then.',
    }),
  );
}

async function isOfTheseData(
  { grade }: FoundGrade,
  loadDataset: (id: string) => Promise<GradingDataset>,
): Promise<boolean> {
  for (const [id, digest] of Object.entries(grade.provenance.dataDigests)) {
    if ((await loadDataset(id)).digest !== digest) return false;
  }
  return true;
}
