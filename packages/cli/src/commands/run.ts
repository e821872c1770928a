import {
  ARITHMETIC_VERSION,
  type Exercise,
  type Lab,
  mean,
  standardDeviation,
} from '@labproof/core';
import { renderTrialsReport, trialsTable } from '@labproof/report';
import { Option } from 'commander';
import { type FinishedExercise, writeSweeps } from '../sweep-pages.ts';
import { writeTrials } from '../trials-folder.ts';
import { RUN_ENGINES, wholeNumber } from '../options.ts';
import type { CommandDefinition } from '../program.ts';
import { resolveTarget } from '../target.ts';
import { type TrainedExercise, trainExercise, type TrialOptions } from '../trials.ts';

/** `labproof run LAB[/EXERCISE]`: repeated seeded trials. */
export const runCommand: CommandDefinition = (program, context) => {
  program
    .command('run')
    .description('train an exercise, or every exercise of a lab, from fixed seeds')
    .argument('<lab[/exercise]>')
    .option('--trials <n>', 'number of trials, from consecutive seeds', wholeNumber(1), 1)
    .option('--seed <s>', 'seed of the first trial', wholeNumber(0), 1)
    .option('--epochs <n>', 'train for so many epochs instead of the recipe’s', wholeNumber(1))
    .option('--limit <n>', 'use only the first so many training examples', wholeNumber(1))
    .addOption(
      new Option('--engine <engine>', 'arithmetic engine').choices(RUN_ENGINES).default('auto'),
    )
    .option('--jobs <n>', 'trials side by side (default: one a core)', wholeNumber(1))
    .option('--out <dir>', 'write the trained models, histories and a report there')
    .option('--json', 'print JSON')
    .action(async (target: string, options: TrialOptions & { out?: string; json?: true }) => {
      const { lab, exercises, single } = resolveTarget(target);
      const results: unknown[] = [];
      const finished: FinishedExercise[] = [];
      for (const exercise of exercises) {
        const trained = await trainExercise(context, exercise, options);
        const trials = trained.trials.map(({ result }) => result);
        if (options.out !== undefined) {
          const report = renderTrialsReport({
            lab,
            exercise: exercise.id,
            recipe: trained.recipe,
            results: trials,
            bands: exercise.bands,
          });
          writeTrials(options.out, exercise.id, trained, report);
          finished.push({ id: exercise.id, recipe: trained.recipe, results: trials });
          context.err(
            `${exercise.id}: models, histories and trials.html are in ${options.out}/${exercise.id}\n`,
          );
        }
        results.push(runToJson(lab, exercise, trained));
        if (options.json !== true) {
          context.out(
            `${lab.id}/${exercise.id}\n${trialsTable(trials, { colour: context.colour })}`,
          );
        }
      }
      if (options.out !== undefined) {
        for (const path of writeSweeps(options.out, lab, finished)) context.err(`sweep: ${path}\n`);
      }
      if (options.json === true) {
        context.out(`${JSON.stringify(single ? results[0] : results, null, 2)}\n`);
      }
    });
};

/** The `run --json` contract. */
function runToJson(lab: Lab, exercise: Exercise, { engine, trials }: TrainedExercise): unknown {
  const results = trials.map(({ result }) => result);
  const [name, backend = null] = engine.split(':');
  return {
    lab: lab.id,
    exercise: exercise.id,
    // TensorFlow.js sums in an order of its own: its digests are not those of our arithmetic.
    arithmetic: backend === null ? ARITHMETIC_VERSION : 'tensorflow.js',
    engine: name,
    backend,
    trials: results,
    summary: {
      loss: summarise(results.map(({ test }) => test.loss)),
      accuracy: summarise(results.map(({ test }) => test.accuracy)),
    },
  };
}

function summarise(values: readonly number[]): { mean: number; sd: number } {
  return { mean: mean(values), sd: standardDeviation(values) };
}
