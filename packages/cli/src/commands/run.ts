import { assertWritable } from '@labproof/class';
import { type LabproofError } from '@labproof/core';
import { playgroundTable, renderTrialsReport, trialsTable } from '@labproof/report';
import type { OpenQueue } from '@labproof/queue';
import { type FinishedExercise, writeSweeps } from '../pages/sweep-pages.ts';
import { writeTrials } from '../training/trials-folder.ts';
import { addEngineOptions, RUN_ENGINES } from '../options/engines.ts';
import { coresFor, threadsOption, type ThreadsWish } from '../options/threads.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandDefinition } from '../program/command.ts';
import { addQueueOptions, type QueueWorkFlags } from '../queue/options.ts';
import { withQueue } from '../queue/with-queue.ts';
import type { Context } from '../program/context.ts';
import { writePlaygroundPage } from '../pages/playground-page.ts';
import { playgroundConfig } from '../training/playground-config.ts';
import { runPlaygroundTrials } from '../training/playground-trials.ts';
import { playgroundToJson, runToJson } from '../training/run-json.ts';
import { nothingToTrain, resolveRunTarget } from '../options/target.ts';
import { trainExercise, type TrialOptions } from '../training/train.ts';
import { cliError } from '../errors.ts';

/** `labproof run LAB[/EXERCISE]`: repeated seeded trials. */
export const runCommand: CommandDefinition = (program, context) => {
  const command = program
    .command('run')
    .description('train an exercise, or every exercise of a lab, from fixed seeds')
    .argument('<lab[/exercise]>')
    .option('--trials <n>', 'number of trials, from consecutive seeds', wholeNumber(1), 1)
    .option('--seed <s>', 'seed of the first trial', wholeNumber(0), 1)
    .option('--epochs <n>', 'train for so many epochs instead of the recipe’s', wholeNumber(1))
    .option('--limit <n>', 'use only the first so many training examples', wholeNumber(1))
    .option('--jobs <n>', 'trials side by side (default: one a core)', wholeNumber(1))
    .addOption(threadsOption('trial'))
    .option(
      '--config <settings>',
      'settings of a playground exercise: a file, a playground address, or key=value,key=value…',
    )
    .option('--out <dir>', 'write the trained models, histories and a report there')
    .option('--json', 'print JSON');
  addEngineOptions(command, RUN_ENGINES);
  addQueueOptions(command, { recheck: true }).action((target: string, options: RunFlags) =>
    withQueue(context, options, (queue) =>
      runTarget(context, target, { ...options, ...coresFor(context, options) }, queue),
    ),
  );
};

async function runTarget(
  context: Context,
  target: string,
  options: RunOptions,
  queue: OpenQueue | null,
): Promise<void> {
  const executor = queue === null ? {} : { executor: queue.trials(null) };
  const { lab, exercises, playgrounds, single } = resolveRunTarget(context.labs, target);
  if (options.config !== undefined && !(single && playgrounds.length > 0)) {
    throw withoutPlayground(target);
  }
  if (exercises.length + playgrounds.length === 0) context.err(nothingToTrain(lab));
  if (options.out !== undefined) assertWritable(options.out);
  const results: unknown[] = [];
  const finished: FinishedExercise[] = [];
  for (const exercise of exercises) {
    const trained = await trainExercise(context, exercise, {
      ...options,
      ...executor,
      // What is signed off says which build computed it.
      thisBuildOnly: options.out !== undefined,
    });
    const trials = trained.trials.map(({ result }) => result);
    if (options.out !== undefined) {
      const report = renderTrialsReport({
        lab,
        exercise: exercise.id,
        recipe: trained.recipe,
        results: trials,
        bands: exercise.bands,
      });
      writeTrials(options.out, { lab: lab.id, exercise: exercise.id }, trained, report);
      finished.push({ id: exercise.id, recipe: trained.recipe, results: trials });
      context.err(
        `${exercise.id}: models, histories and trials.html are in ${options.out}/${exercise.id}\n`,
      );
    }
    results.push(runToJson(lab, exercise, trained));
    if (options.json !== true) {
      context.out(`${lab.id}/${exercise.id}\n${trialsTable(trials, { colour: context.colour })}`);
    }
  }
  for (const exercise of playgrounds) {
    const config = playgroundConfig(exercise, options.config);
    const trials = await runPlaygroundTrials(context, exercise, { ...options, config });
    if (options.out !== undefined) {
      const { signal } = context;
      const page = await writePlaygroundPage(options.out, lab, exercise, trials, signal);
      context.err(`${exercise.id}: ${page}\n`);
    }
    results.push({ lab: lab.id, exercise: exercise.id, ...playgroundToJson(trials) });
    if (options.json !== true) {
      context.out(
        `${lab.id}/${exercise.id}\n${playgroundTable(trials, { colour: context.colour })}`,
      );
    }
  }
  if (options.out !== undefined) {
    for (const path of writeSweeps(options.out, lab, finished)) context.err(`sweep: ${path}\n`);
  }
  if (options.json === true) {
    context.out(`${JSON.stringify(single ? results[0] : results, null, 2)}\n`);
  }
}

type RunFlags = Omit<RunOptions, 'threads'> & { readonly threads: ThreadsWish };

interface RunOptions extends TrialOptions, QueueWorkFlags {
  readonly engine: TrialOptions['engine'];
  readonly config?: string;
  readonly out?: string;
  readonly json?: true;
}

function withoutPlayground(target: string): LabproofError {
  return cliError('cli-config-without-playground', {
    message: `--config sets up a playground exercise, and "${target}" is none.`,
    fix: 'Name a playground exercise, for example image-recognition/playground.',
  });
}
