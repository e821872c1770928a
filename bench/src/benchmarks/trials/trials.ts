import type { Bench, Benchmark } from '../../benchmark.ts';
import type { ContestSide } from '../../measure/contest.ts';
import { exercises, type TimedExercise, trialSize } from './exercises.ts';
import { writeInputs } from './inputs.ts';
import { compareLosses, librariesAtHand, type Library, pick, without } from './libraries.ts';
import { type Measuring, Side } from './side.ts';
import { bestMode, summarize, type TrialSide, trialsTable } from './table.ts';

const EXAMPLES = 12_800;

/**
 * A trial is the whole exercise: all epochs, validation after each, the test set at the end. Its time follows from the
 * measured times of a training step and of an evaluated example. In each round every side runs for some seconds in each
 * of its modes while all others wait. On a shared machine `--attempts` repeats a measurement during which others kept
 * more than `--quiet` cores busy; on one that is never quiet, `--clock cpu` counts the processor's time of the sides with
 * one thread, which is what the clock would show if each had its core to itself.
 */
export const trials: Benchmark = {
  name: 'trials',
  about: 'trials an hour of the labs’ networks, in every library at hand',
  rounds: 5,
  options: {
    exercise: { type: 'string', multiple: true, help: 'only this network' },
    without: { type: 'string', multiple: true, help: 'a side to leave out' },
    seconds: { type: 'string', default: '1', help: 'seconds of a mode in a round' },
    attempts: { type: 'string', default: '1', help: 'tries at a quiet moment' },
    quiet: { type: 'string', default: '0.1', help: 'cores that others may keep busy' },
    clock: { type: 'string', default: 'wall', help: 'wall or cpu' },
  },
  async run(bench) {
    const clock = bench.option('clock');
    if (clock !== 'wall' && clock !== 'cpu') throw new RangeError('--clock takes wall or cpu');
    const how: Measuring = {
      seconds: Number(bench.option('seconds')),
      attempts: Number(bench.option('attempts')),
      quiet: Number(bench.option('quiet')),
      clock: clock === 'wall' ? 'seconds' : 'cpu',
    };
    const libraries = without(librariesAtHand(bench.python), bench.options('without'));
    for (const exercise of pick(exercises, bench.options('exercise'))) {
      await race(bench, exercise, libraries, how);
    }
  },
};

async function race(
  bench: Bench,
  exercise: TimedExercise,
  libraries: readonly Library[],
  how: Measuring,
): Promise<void> {
  const { name, recipe } = exercise;
  const { task, dataset } = await writeInputs(exercise, bench.folder, EXAMPLES);
  const size = trialSize(recipe, dataset);
  const convolves = recipe.model.layers.some((layer) => layer.class_name === 'Conv2D');
  const able = libraries.filter(({ noConvolution }) => noConvolution === null || !convolves);
  const running = able.map((library) => new Side(library));
  try {
    for (const side of running) {
      bench.progress(`${name}: ${side.name} starts`);
      await side.start(task, size, how);
    }
    compareLosses(running);
    for (let round = 0; round < bench.rounds; round += 1) {
      for (const side of running) {
        if (side.slow) continue;
        for (const mode of side.modes) {
          bench.progress(
            `${name}: round ${round + 1} of ${bench.rounds}, ${side.name} ${mode.name}`,
          );
          await side.measure(mode, size, how);
        }
      }
    }
  } finally {
    for (const side of running) side.stop();
  }
  publish(
    bench,
    exercise,
    libraries.map((library): TrialSide => {
      const side = running.find((each) => each.name === library.name);
      if (side === undefined) {
        return { name: library.name, versions: library.noConvolution ?? '', losses: [], modes: [] };
      }
      const modes = side.modes.map((mode) => summarize(mode.name, mode.results));
      return { name: side.name, versions: side.versions, losses: side.losses, modes };
    }),
  );
}

function publish(bench: Bench, { name, title }: TimedExercise, sides: readonly TrialSide[]): void {
  const contest = {
    title: `${name}: ${title}`,
    unit: 'trials an hour',
    better: 'more',
    sides: sides.map((side): ContestSide => {
      const best = bestMode(side.modes);
      const further = side.modes.map((mode) => [mode.name, mode.median] as const);
      return {
        name: side.name,
        versions: side.versions,
        samples: best?.samples ?? [],
        ...(best === null
          ? {}
          : { also: { 'ms a step': best.millisecondsPerStep, ...Object.fromEntries(further) } }),
      };
    }),
  } as const;
  bench.report(contest, { quiet: true });
  bench.say(trialsTable(contest.title, sides));
}
