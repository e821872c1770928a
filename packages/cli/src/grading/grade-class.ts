import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type LabproofError } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { type BatchResult, gradeBatch, parseLatePolicy } from '@labproof/class';
import { parseLimits } from '@labproof/submission';
import type { OpenQueue } from '@labproof/queue';
import type { Context } from '../program/context.ts';
import { BROKEN, CLEAN, FINDINGS } from '../program/exit-codes.ts';
import { readJsonFile } from '../options/json-file.ts';
import { settleMarks } from '../reading/room-of.ts';
import { Progress } from '../progress/progress.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import { cliError } from '../errors.ts';

/** What `grade` is asked to do. */
export interface GradeOptions {
  readonly out: string;
  readonly roster?: string;
  readonly reviews?: string;
  readonly engine: 'auto' | 'native' | 'wasm';
  readonly jobs?: number;
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  /** JSON files: limits on submissions, and what a late hand-in costs. */
  readonly limits?: string;
  readonly late?: string;
  /** CSV of hand-in times and extensions. */
  readonly times?: string;
  /** A file with the secret of the hidden test set; the environment may hold it instead. */
  readonly hiddenSeedFile?: string;
  readonly fresh?: true;
  readonly dryRun?: true;
}

/** Hidden images are made from a secret, and no secret travels through the queue. */
function assertNothingHidden(hiddenSeed: string | null, queue: OpenQueue | null): void {
  if (queue === null || hiddenSeed === null) return;
  throw cliError('queue-hidden-seed', {
    message: 'There is a secret for hidden images, and it is not given to workers.',
    fix: 'Grade without --queue, or without the secret (LABPROOF_HIDDEN_SEED, --hidden-seed-file).',
  });
}

const LATE_EXAMPLE =
  '{"due": "2026-11-20T23:59+01:00", "deduct": {"unit": "percent", "amount": 10}, "per": "day"}';
const LIMITS_EXAMPLE = '{"submission": {"totalBytes": 1073741824}}';

/** Grades a class with progress on stderr. */
export async function gradeClass(
  context: Context,
  lab: Lab,
  paths: readonly string[],
  options: GradeOptions,
  queue: OpenQueue | null,
): Promise<BatchResult> {
  assertNotStudentEdition(lab);
  const late =
    options.late === undefined
      ? undefined
      : parseLatePolicy(readJsonFile(options.late, LATE_EXAMPLE));
  const limits =
    options.limits === undefined
      ? undefined
      : parseLimits(readJsonFile(options.limits, LIMITS_EXAMPLE));
  if (options.times !== undefined && late === undefined) throw timesWithoutPolicy();
  const hiddenSeed = hiddenSeedOf(context, options);
  assertNothingHidden(hiddenSeed, queue);
  if (options.dryRun !== true) await settleMarks(context, options.out);
  const progress = new Progress(context, 'grading');
  try {
    const result = await gradeBatch({
      ...(queue === null
        ? {}
        : { executor: queue.submissions(options.fresh === true ? randomUUID() : null) }),
      paths,
      lab,
      loadDataset: (id) => loadDatasetWithProgress(context, id),
      engine: options.engine,
      jobs: options.jobs ?? context.cores,
      out: options.out,
      ...(options.roster === undefined ? {} : { roster: options.roster }),
      ...(options.reviews === undefined ? {} : { reviews: options.reviews }),
      ...(options.timeLimit === undefined ? {} : { timeLimit: options.timeLimit }),
      ...(options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit }),
      ...(late === undefined ? {} : { late }),
      ...(limits === undefined ? {} : { limits }),
      ...(options.times === undefined ? {} : { times: options.times }),
      ...(hiddenSeed === null ? {} : { hiddenSeed }),
      fresh: options.fresh === true,
      dryRun: options.dryRun === true,
      now: context.today,
      signal: context.signal,
      onProgress: ({ done, total, student, status }) => {
        progress.update(done / total, `${done} of ${total}, ${student}: ${status}`);
      },
    });
    const kept = result.reused === 0 ? '' : `, ${result.reused} of them graded before`;
    progress.done(`${result.summaries.length} submissions${kept}`);
    for (const warning of result.warnings) context.err(`note: ${warning}\n`);
    for (const { student, name } of result.missing) {
      context.err(`note: no submission from ${student}${name === null ? '' : ` (${name})`}\n`);
    }
    return result;
  } catch (error) {
    progress.stop();
    throw error;
  }
}

/** The file before the environment. Nothing of it is ever printed. */
function hiddenSeedOf(context: Context, { hiddenSeedFile }: GradeOptions): string | null {
  if (hiddenSeedFile === undefined) return context.hiddenSeed;
  try {
    return readFileSync(hiddenSeedFile, 'utf8').trim();
  } catch (error) {
    throw cliError('hidden-seed-unreadable', {
      message: `The file of --hidden-seed-file, ${hiddenSeedFile}, cannot be read.`,
      fix: 'Check the path. "openssl rand -hex 32 > FILE" makes a new secret; keep it for regrading.',
      cause: error,
    });
  }
}

function timesWithoutPolicy(): LabproofError {
  return cliError('late-policy-missing', {
    message: '--times says when students handed in, and nothing says what a late hand-in costs.',
    fix: `Add --late with a file like ${LATE_EXAMPLE}`,
  });
}

function assertNotStudentEdition({ id, edition }: Lab): void {
  if (edition !== 'student') return;
  throw cliError('lab-student-edition', {
    message: `"${id}" is a student edition: it holds no rubrics and no bands, so nothing can be graded by it.`,
    fix: 'Grade by the lab itself, or look a submission over with "labproof check".',
  });
}

/** `broken` grades are our fault (2); submissions that could not be read or are missing want a look (1). */
export function gradeExitCode({ summaries, missing }: BatchResult): number {
  if (summaries.some(({ status }) => status === 'broken')) return BROKEN;
  return missing.length > 0 || summaries.some(({ status }) => status === 'refused')
    ? FINDINGS
    : CLEAN;
}
