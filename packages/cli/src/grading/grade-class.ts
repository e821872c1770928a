import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type LabproofError, reasonOf } from '@labproof/core';
import type { ThreadsOfATask } from '@labproof/core/workers';
import type { Lab } from '@labproof/lab';
import {
  type BatchResult,
  type ClassSettings,
  gradeBatch,
  type LatePolicy,
  parseLatePolicy,
} from '@labproof/class';
import { parseLimits, formatPlural } from '@labproof/submission';
import { statusText } from '@labproof/report';
import type { OpenQueue } from '@labproof/queue';
import type { Context } from '../program/context.ts';
import { BROKEN, CLEAN, FINDINGS } from '../program/exit-codes.ts';
import { readJsonFile } from '../options/json-file.ts';
import { settleMarks } from '../reading/room-of.ts';
import { Progress } from '../progress/progress.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import { cliError } from '../errors.ts';
import { lateRuleUnread } from './late-rule.ts';

/** How a class is graded. */
export interface GradeOptions {
  readonly out: string;
  readonly roster?: string;
  readonly reviews?: string;
  readonly engine: 'auto' | 'native' | 'wasm';
  readonly jobs?: number;
  /** Threads of each submission; the cores are shared out unless told. */
  readonly threads?: ThreadsOfATask;
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  /** A JSON file: limits on submissions. */
  readonly limits?: string;
  /** What a late hand-in costs, or the JSON file that says it. */
  readonly late?: string | LatePolicy;
  /** CSV of hand-in times and extensions. */
  readonly times?: string;
  /** Where the secret of the hidden test set is: in a file, or in the environment. */
  readonly secret?: ClassSettings['secret'];
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
  if (typeof options.late === 'string' && !existsSync(options.late)) {
    throw lateRuleUnread(options.late);
  }
  const late =
    typeof options.late === 'string'
      ? parseLatePolicy(readJsonFile(options.late, LATE_EXAMPLE))
      : options.late;
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
      threads: options.threads ?? { cores: context.cores },
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
        progress.update(done / total, `${done} of ${total}, ${student}: ${statusText(status)}`);
      },
    });
    const kept = result.reused === 0 ? '' : `, ${result.reused} of them graded before`;
    progress.done(`${formatPlural(result.summaries.length, 'submission')}${kept}`);
    for (const { message } of result.notes) context.err(`note: ${message}\n`);
    return result;
  } catch (error) {
    progress.stop();
    throw error;
  }
}

/** Nothing of it is ever printed. */
function hiddenSeedOf(context: Context, { secret }: GradeOptions): string | null {
  if (secret === undefined) return context.hiddenSeed;
  if (typeof secret === 'object') {
    if (context.hiddenSeed !== null) return context.hiddenSeed;
    throw cliError('hidden-seed-missing', {
      message: `This class was graded with hidden images: their secret was in the environment variable ${secret.environment}, which is not set now.`,
      fix: `Set ${secret.environment} to the same secret, or name a file that holds it: --hidden-seed-file FILE --save.`,
    });
  }
  try {
    return readFileSync(secret, 'utf8').trim();
  } catch (error) {
    throw cliError('hidden-seed-unreadable', {
      message: `The file of the secret, ${secret}, cannot be read: ${reasonOf(error)}.`,
      fix: 'Name the file in which the secret of this class is kept. For a class that has none yet, make one: openssl rand -hex 32 > FILE.',
      cause: error,
    });
  }
}

function timesWithoutPolicy(): LabproofError {
  return cliError('late-policy-missing', {
    message: '--times says when students handed in, and nothing says what a late hand-in costs.',
    fix: 'Add --late, for example --late "2026-11-20T23:59+01:00, 5 % a day, at most 3".',
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
