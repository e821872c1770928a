import { LabproofError, openKernels } from '@labproof/core';
import { withoutStrayRejections } from '@labproof/core/workers';
import { exportGrades } from '@labproof/class';
import { gradeForComparison } from '@labproof/grader';
import { renderStudentReport } from '@labproof/report';
import { filesInMemory } from '@labproof/submission';
import { datasets } from '../../../grader/test/support/squares.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { corpus, type Seed } from './corpus.ts';
import { mutated } from './mutate.ts';
import { Draws } from './random.ts';

const SEEDS = corpus();

/** One submission of the fuzzer: a function of two numbers. */
export function fuzzedSubmission(seed: number, index: number): Seed {
  const draws = new Draws(seed, index);
  const { files, changed } = draws.of(SEEDS);
  const other = draws.of(SEEDS);
  const now = mutated(
    files.get(changed) ?? new Uint8Array(),
    other.files.get(other.changed) ?? new Uint8Array(),
    draws,
  );
  return { files: new Map(files).set(changed, now), changed };
}

/** What came of a submission: why it is a fault of ours, else `null`, and which readers came to an end of their own. */
export interface Fuzzed {
  readonly fault: string | null;
  /** What a reader threw without meaning to and what became a refusal: no fault, and worth a look. */
  readonly readerFailed: string | null;
}

/** Grades the submission, renders its page and exports its grade. Whatever it is, none of that may be our fault. */
export function grades(submission: Seed): Promise<Fuzzed> {
  return withoutStrayRejections(() => gradesOnce(submission));
}

async function gradesOnce({ files }: Seed): Promise<Fuzzed> {
  const kernels = await openKernels('wasm');
  try {
    const { grade } = await gradeForComparison({
      lab,
      files: filesInMemory(files),
      kernels,
      datasets,
      student: 'x',
    });
    const json = JSON.stringify(grade);
    const readerFailed =
      /"code":"reader-failed"[^}]*"message":"(?<message>[^"]*)"|It could not be read to its end: (?<told>[^"]*)/u.exec(
        json,
      );
    const score = grade.score ?? Number.NaN;
    const fault =
      grade.status === 'broken'
        ? `broken: ${grade.outcomes.find(({ outcome }) => outcome === 'broken')?.message}`
        : score >= 0 && score <= grade.max
          ? null
          : `a score of ${grade.score}`;
    renderStudentReport({ grade, lab, misclassifiedImages: {} });
    exportGrades({
      format: 'gradescope',
      grades: [grade],
      roster: null,
      gradebook: null,
      unfinished: 'as-is',
      column: null,
      key: 'username',
    });
    return {
      fault,
      readerFailed: readerFailed?.groups?.['message'] ?? readerFailed?.groups?.['told'] ?? null,
    };
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'student') {
      return { fault: null, readerFailed: null };
    }
    return {
      fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
      readerFailed: null,
    };
  } finally {
    kernels.reset();
  }
}
