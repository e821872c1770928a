import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ExerciseVerification,
  LabproofError,
  overallVerdict,
  type Recipe,
  type TrialEngineName,
  type TrialExecutor,
  type TrialResult,
  type Verdict,
  verifyExercise,
} from '@labproof/core';
import type { Exercise, Lab } from '@labproof/lab';
import { listLabs } from '@labproof/exercises';
import { parseNights, renderDriftPage } from '@labproof/report';
import { Option } from 'commander';
import type { Context } from '../program/context.ts';
import { BROKEN, CLEAN, FINDINGS } from '../program/exit-codes.ts';
import { ENGINES, wholeNumber } from '../options/options.ts';
import type { CommandDefinition } from '../program/command.ts';
import { addQueueOptions, type QueueWorkFlags, withQueue } from '../queue/queue.ts';
import type { OpenQueue } from '@labproof/queue';
import { resolveTarget } from '../options/target.ts';
import { loadDatasetWithProgress, trainRecipe } from '../training/trials.ts';
import { digestExercises, digestsComparison, digestsText } from '../verification/digests.ts';
import type { Night } from '../verification/night.ts';
import { nightSummary } from '../verification/night-summary.ts';
import { junitXml } from '../verification/junit.ts';

/** How `verify` is asked to check. */
interface VerifyOptions extends QueueWorkFlags {
  readonly full?: true;
  readonly engine: TrialEngineName;
  readonly jobs?: number;
  readonly freshSeed?: number;
  readonly junit?: string;
  readonly history?: string;
  readonly page?: string;
  readonly digests?: true;
  readonly json?: true;
}

const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  ok: CLEAN,
  'not-run': FINDINGS,
  drifted: FINDINGS,
  broken: BROKEN,
};

/** `labproof verify [LAB[/EXERCISE]]`: does every exercise still give what its bands promise? */
export const verifyCommand: CommandDefinition = (program, context, state) => {
  const command = program
    .command('verify')
    .description('re-train exercises and say whether they still give what was measured')
    .argument('[lab[/exercise]]', 'all labs unless named')
    .option('--full', 'train to the end: digests, quality on fixed seeds, quality on fresh seeds')
    .addOption(
      new Option('--engine <engine>', 'arithmetic engine').choices(ENGINES).default('auto'),
    )
    .option('--jobs <n>', 'trials side by side (default: one a core)', wholeNumber(1))
    .option('--fresh-seed <s>', 'first fresh seed (default: from the date)', wholeNumber(0))
    .option('--junit <file>', 'write a JUnit XML file')
    .option('--history <file>', 'append the night to this file, a JSON object a line')
    .option('--page <file>', 'write a page of all nights in --history')
    .addOption(
      new Option('--digests', 'print the digest of every exercise, to compare machines').conflicts([
        'full',
        'junit',
        'history',
        'page',
        'freshSeed',
        // A digest is what this machine gives.
        'queue',
        'queueFile',
      ]),
    )
    .option('--json', 'print JSON');
  addQueueOptions(command, { recheck: true }).action(
    async (target: string | undefined, options: VerifyOptions) => {
      if (options.digests === true) {
        state.exitCode = await printDigests(context, chosen(target), options);
        return;
      }
      const night = await withQueue(context, options, (queue) =>
        verifyTargets(context, chosen(target), options, queue),
      );
      await publish(context, night, options);
      state.exitCode = EXIT_CODES[night.verdict];
    },
  );
};

function chosen(target: string | undefined): { lab: Lab; exercise: Exercise }[] {
  if (target === undefined) {
    return listLabs().flatMap((lab) => lab.exercises.map((exercise) => ({ lab, exercise })));
  }
  const { lab, exercises } = resolveTarget(target);
  return exercises.map((exercise) => ({ lab, exercise }));
}

/** Digests on stdout, how they compare with the stored ones on stderr: stdout is the same on every machine. */
async function printDigests(
  context: Context,
  targets: readonly { lab: Lab; exercise: Exercise }[],
  { engine, jobs, json }: VerifyOptions,
): Promise<number> {
  const nights = join(context.trialCacheDirectory, 'nights');
  await mkdir(nights, { recursive: true });
  // A digest is what this machine gives now, and never one that was kept, nor one of another run beside this.
  const cacheDirectory = await mkdtemp(join(nights, 'digests-'));
  try {
    const report = await digestExercises(context, targets, {
      engine,
      ...(jobs === undefined ? {} : { jobs }),
      cacheDirectory,
    });
    context.out(json === true ? `${JSON.stringify(report, null, 2)}\n` : digestsText(report));
    context.err(digestsComparison(report));
    const same = report.exercises.every(
      ({ digest, stored }) => stored === null || stored === digest,
    );
    return same ? CLEAN : FINDINGS;
  } finally {
    await rm(cacheDirectory, { recursive: true, force: true });
  }
}

async function verifyTargets(
  context: Context,
  targets: readonly { lab: Lab; exercise: Exercise }[],
  options: VerifyOptions,
  queue: OpenQueue | null,
): Promise<Night> {
  // A night of its own: nothing that an earlier night trained is looked up, but an interrupted one goes on.
  const cacheDirectory = join(context.trialCacheDirectory, 'nights', context.today());
  const executor =
    queue === null ? {} : { executor: queue.trials(await nightScope(cacheDirectory)) };
  const freshSeed = options.freshSeed ?? Number(context.today().replaceAll('-', '')) * 1000;
  const exercises: ExerciseVerification[] = [];
  for (const { lab, exercise } of targets) {
    exercises.push(
      await verifyTarget(context, lab, exercise, {
        ...options,
        ...executor,
        cacheDirectory,
        freshSeed,
      }),
    );
  }
  await rm(cacheDirectory, { recursive: true, force: true });
  return { verdict: overallVerdict(exercises), exercises };
}

/**
 * The name under which a night's trials stand in the queue, so that it takes no answers of an earlier one. It lies
 * with the night's trials: an interrupted night goes on under its name, and a finished one leaves it to nobody.
 */
async function nightScope(cacheDirectory: string): Promise<string> {
  const file = join(cacheDirectory, 'scope');
  await mkdir(cacheDirectory, { recursive: true });
  try {
    await writeFile(file, randomUUID(), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(file, 'utf8');
}

/** Data that cannot be had make an exercise `broken`, and the others are still verified. */
async function verifyTarget(
  context: Context,
  lab: Lab,
  exercise: Exercise,
  options: VerifyOptions & {
    cacheDirectory: string;
    freshSeed: number;
    executor?: TrialExecutor;
  },
): Promise<ExerciseVerification> {
  try {
    const dataset = await loadDatasetWithProgress(context, exercise.recipe.dataset);
    const train = async (recipe: Recipe, seeds: readonly number[]): Promise<TrialResult[]> => {
      const { trials } = await trainRecipe(context, {
        title: exercise.id,
        recipe,
        dataset,
        seeds,
        engine: options.engine,
        ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
        cacheDirectory: options.cacheDirectory,
        ...(options.executor === undefined ? {} : { executor: options.executor }),
      });
      return trials.map(({ result }) => result);
    };
    return await verifyExercise({
      lab: lab.id,
      exercise,
      dataDigest: dataset.digest,
      full: options.full === true,
      freshSeed: options.freshSeed,
      train,
    });
  } catch (error) {
    if (!(error instanceof LabproofError) || error.code === 'trial-interrupted') throw error;
    const details = [`${error.message} ${error.fix}`];
    return {
      lab: lab.id,
      exercise: exercise.id,
      identity: 'broken',
      fixedSeeds: 'not-run',
      freshSeeds: 'not-run',
      details,
    };
  }
}

async function publish(context: Context, night: Night, options: VerifyOptions): Promise<void> {
  context.out(options.json === true ? `${JSON.stringify(night, null, 2)}\n` : nightText(night));
  if (options.junit !== undefined) {
    await mkdir(dirname(options.junit), { recursive: true });
    await writeFile(options.junit, junitXml(night));
  }
  if (options.history !== undefined) {
    await mkdir(dirname(options.history), { recursive: true });
    await appendFile(options.history, `${JSON.stringify({ date: context.today(), ...night })}\n`);
  }
  if (options.page !== undefined)
    await writeNightsPage(options.page, options.history, context, night);
  if (context.jobSummaryFile !== null)
    await appendFile(context.jobSummaryFile, nightSummary(night));
}

/** The page of all nights of the history, or of this one where none is kept. */
async function writeNightsPage(
  page: string,
  history: string | undefined,
  context: Context,
  night: Night,
): Promise<void> {
  const text =
    history === undefined
      ? JSON.stringify({ date: context.today(), ...night })
      : await readFile(history, 'utf8');
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, renderDriftPage({ nights: parseNights(text), labs: listLabs() }));
}

function nightText({ verdict, exercises }: Night): string {
  const lines = exercises.flatMap((exercise) => [
    `${exercise.lab}/${exercise.exercise}: identity ${exercise.identity}, fixed seeds ${exercise.fixedSeeds}, fresh seeds ${exercise.freshSeeds}`,
    ...exercise.details.map((detail) => `  ${detail}`),
  ]);
  return `${[...lines, `verdict: ${verdict}`].join('\n')}\n`;
}
