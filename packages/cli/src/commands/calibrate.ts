import { basename, dirname, join } from 'node:path';
import {
  type Bands,
  type Manifest,
  manifestText,
  measureBands,
  prefixRecipe,
  redrawBands,
} from '@labproof/core';
import { writeFilesTogether } from '@labproof/class';
import type { OpenQueue } from '@labproof/queue';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import { addEngineOptions, TRAINING_ENGINES } from '../options/engines.ts';
import { coresFor, threadsOption, type ThreadsWish } from '../options/threads.ts';
import { wholeNumber } from '../options/whole-number.ts';
import type { CommandDefinition } from '../program/command.ts';
import { addQueueOptions, type QueueWorkFlags } from '../queue/options.ts';
import { withQueue } from '../queue/with-queue.ts';
import type { Context } from '../program/context.ts';
import { environmentOf } from '../program/environment.ts';
import { nothingToTrain, resolveTarget } from '../options/target.ts';
import { bandsText } from '../training/bands-text.ts';
import { type TrialCount, trainTrials, trialCount } from '../training/enough-trials.ts';
import { planOf } from '../training/passing-plan.ts';
import { signOff } from '../training/sign-off.ts';
import { signOffBands } from '../training/sign-off-bands.ts';
import { trainExercise, trainRecipe, type TrialOptions } from '../training/train.ts';

/** Trials of a calibration unless asked otherwise: enough for a factor of 2.4 instead of 4.2 at five trials. */
const CALIBRATION_TRIALS = 20;

/** `labproof calibrate LAB[/EXERCISE]`: measures the bands at full length and writes them into the lab. */
export const calibrateCommand: CommandDefinition = (program, context) => {
  const command = program
    .command('calibrate')
    .description('measure the bands of an exercise, or of a whole lab, and write them into the lab')
    .argument('<lab[/exercise]>')
    .option(
      '--trials <n>',
      'number of trials, from consecutive seeds; "enough" for as many as give one mark',
      trialCount,
      CALIBRATION_TRIALS,
    )
    .option('--seed <s>', 'seed of the first trial', wholeNumber(0), 1)
    .option('--jobs <n>', 'trials side by side (default: one a core)', wholeNumber(1))
    .addOption(threadsOption('trial'))
    .option('--out <dir>', 'write the bands there instead of into the lab')
    .option(
      '--sign-off',
      'leave the bands that are there: write their checksum, and what a night compares with',
    )
    .option('--marks', 'leave the trials that are there: draw the marks anew by what the lab wants')
    .option('--json', 'print the bands as JSON');
  addEngineOptions(command, TRAINING_ENGINES);
  addQueueOptions(command, { recheck: true }).action((target: string, flags: CalibrateFlags) =>
    withQueue(context, flags, (queue) => {
      const options = { ...flags, ...coresFor(context, flags) };
      return options.marks === true
        ? redrawTarget(context, target, options)
        : options.signOff === true
          ? signOffTarget(context, target, options, queue, command.getOptionValueSource('trials'))
          : calibrateTarget(context, target, options, queue);
    }),
  );
};

type CalibrateFlags = Omit<CalibrateOptions, 'threads'> & {
  readonly threads: ThreadsWish;
};

interface CalibrateOptions extends Omit<TrialOptions, 'trials'>, QueueWorkFlags {
  readonly trials: TrialCount;
  readonly engine: TrialOptions['engine'];
  readonly out?: string;
  readonly signOff?: true;
  readonly marks?: true;
  readonly json?: true;
}

async function calibrateTarget(
  context: Context,
  target: string,
  options: CalibrateOptions,
  queue: OpenQueue | null,
): Promise<void> {
  const executor = queue === null ? {} : { executor: queue.trials(null) };
  const { lab, exercises } = resolveTarget(context.labs, target);
  if (exercises.length === 0) context.err(nothingToTrain(lab));
  for (const exercise of exercises) {
    // Where the bands go is settled before hours of training are spent on them.
    const file =
      options.out === undefined
        ? context.labs.bandsFile(lab.id, exercise.id)
        : join(options.out, `${exercise.id}.json`);
    const plan = planOf(lab, exercise, context.labs.list());
    const { recipe, dataset, engine, trials } = await trainTrials(options.trials, {
      exercise: exercise.id,
      plan,
      say: context.err,
      train: (count) =>
        trainExercise(context, exercise, { ...options, ...executor, trials: count }),
    });
    const [prefix] = (
      await trainRecipe(context, {
        title: `${exercise.id}, short prefix`,
        recipe: prefixRecipe(recipe),
        dataset,
        seeds: [options.seed],
        ...pick(options),
        ...executor,
      })
    ).trials;
    const bands = measureBands({
      exercise: exercise.id,
      recipe,
      dataset,
      trials: trials.map(({ result }) => result),
      length: 'full',
      plan,
      ...(prefix === undefined ? {} : { prefix: prefix.result }),
      environment: environmentOf(engine),
    });
    const manifest = await signOff(context, {
      lab: lab.id,
      exercise: exercise.id,
      recipe,
      dataset,
      engine,
      trials: trials.map(({ result }) => result),
      excerpt: { seed: options.seed, ...pick(options), ...executor },
    });
    write(options.out, file, bands, manifest);
    context.err(`${exercise.id}: bands written to ${file}\n`);
    context.out(options.json === true ? `${JSON.stringify(bands, null, 2)}\n` : bandsText(bands));
  }
}

/** Draws the marks of bands that are there by what the lab wants now. Their trials, and what was signed off, stay. */
async function redrawTarget(
  context: Context,
  target: string,
  options: CalibrateOptions,
): Promise<void> {
  const { lab, exercises } = resolveTarget(context.labs, target);
  for (const exercise of exercises) {
    if (exercise.bands === null) {
      context.err(`${exercise.id}: there are no bands whose marks could be drawn\n`);
      continue;
    }
    const plan = planOf(lab, exercise, context.labs.list());
    const dataset = await loadDatasetWithProgress(context, exercise.recipe.dataset);
    const bands = redrawBands(exercise.bands, dataset.test.count, plan);
    const file = context.labs.bandsFile(lab.id, exercise.id);
    const [folder, path] =
      options.out === undefined
        ? [dirname(dirname(file)), join('bands', basename(file))]
        : [options.out, basename(file)];
    writeFilesTogether(folder, [{ path, content: `${JSON.stringify(bands, null, 2)}\n` }]);
    context.out(options.json === true ? `${JSON.stringify(bands, null, 2)}\n` : bandsText(bands));
  }
}

async function signOffTarget(
  context: Context,
  target: string,
  options: CalibrateOptions,
  queue: OpenQueue | null,
  trialsFrom: string | undefined,
): Promise<void> {
  const executor = queue === null ? {} : { executor: queue.trials(null) };
  const { lab, exercises } = resolveTarget(context.labs, target);
  for (const exercise of exercises) {
    if (exercise.bands === null) {
      context.err(`${exercise.id}: there are no bands to sign off\n`);
      continue;
    }
    const file =
      options.out === undefined
        ? context.labs.bandsFile(lab.id, exercise.id)
        : join(options.out, `${exercise.id}.json`);
    const { bands, manifest } = await signOffBands(context, {
      lab,
      exercise,
      bands: exercise.bands,
      // Trials are dear: none is trained that was not asked for.
      trials:
        trialsFrom !== 'cli' ? 0 : options.trials === 'enough' ? exercise.bands.n : options.trials,
      ...pick(options),
      ...executor,
    });
    write(options.out, file, bands, manifest);
    const { length } = manifest.trials;
    context.out(
      `${lab.id}/${exercise.id}: signed off, with an excerpt and ${length} of ${bands.n} whole trials\n`,
    );
  }
}

function pick({
  engine,
  fallback,
  jobs,
  threads,
}: CalibrateOptions): Pick<CalibrateOptions, 'engine' | 'fallback' | 'jobs' | 'threads'> {
  return {
    engine,
    ...(fallback === undefined ? {} : { fallback }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(threads === undefined ? {} : { threads }),
  };
}

/** Bands and manifest appear together: `bands/x.json` and `manifests/x.json` of a lab, or below `--out`. */
function write(out: string | undefined, file: string, bands: Bands, manifest: Manifest): void {
  const name = basename(file);
  const [folder, path] =
    out === undefined ? [dirname(dirname(file)), join('bands', name)] : [out, name];
  writeFilesTogether(folder, [
    { path, content: `${JSON.stringify(bands, null, 2)}\n` },
    { path: join('manifests', name), content: manifestText(manifest) },
  ]);
}
