import type { Bench, Benchmark } from '../../benchmark.ts';
import type { ContestSide } from '../../measure/contest.ts';
import { takeTurns } from '../../measure/turns.ts';
import { Contender } from './contender.ts';
import { exercises, type TimedExercise } from './exercises.ts';
import { writeInputs } from './inputs.ts';
import { compareLosses, librariesAtHand, meanLoss, pick, without } from './libraries.ts';

/** Unless others are named: the networks whose thousands of steps make up a calibration. */
const NETWORKS = ['mnist-mlp-relu', 'mnist-mlp-32-adam'];
/** Four fifths of MNIST, as the labs train on. */
const EXAMPLES = 48_000;
/** The first steps are compared between the sides: so many, within so many seconds. */
const CHECK = { steps: 20, seconds: 20 };
/** `fit` is more than steps. */
const NOT_A_STEP = 'Keras fit';

/**
 * A step is: gather a batch, forward, loss as a number, backward, optimiser. Every side starts from the same weights and
 * takes the same batches; the mean loss of the first steps shows that all train the same network.
 */
export const step: Benchmark = {
  name: 'step',
  about:
    'one training step, of small perceptrons unless told, in every library at hand, one process each',
  rounds: 9,
  options: {
    exercise: { type: 'string', multiple: true, help: 'a network of trials' },
    seconds: { type: 'string', default: '0.3', help: 'seconds of a side in a round' },
    clock: { type: 'string', default: 'seconds', help: 'seconds, or cpu: those of the processor' },
    without: { type: 'string', multiple: true, help: 'a side to leave out' },
  },
  async run(bench) {
    const named = bench.options('exercise');
    for (const exercise of pick(exercises, named.length === 0 ? NETWORKS : named)) {
      await race(bench, exercise);
    }
  },
};

interface Started {
  readonly name: string;
  readonly contender: Contender;
  readonly versions: string;
  readonly losses: readonly number[];
}

async function race(bench: Bench, exercise: TimedExercise): Promise<void> {
  const { task } = await writeInputs(exercise, bench.folder, EXAMPLES);
  const seconds = Number(bench.option('seconds'));
  // The processor's time of two threads does not tell how long they took together.
  const clock = bench.option('clock') === 'cpu' ? 'cpu' : 'seconds';
  const started: Started[] = [];
  const libraries = without(librariesAtHand(bench.python), bench.options('without')).filter(
    ({ name }) => name !== NOT_A_STEP,
  );
  const sides = libraries.flatMap(({ name, command, twoThreads }) =>
    (twoThreads && clock === 'seconds' ? [1, 2] : [1]).map((threads) => ({
      name: twoThreads ? `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : name,
      command: command(threads),
    })),
  );
  try {
    for (const { name, command } of sides) {
      bench.progress(`${exercise.name}: ${name} starts`);
      const contender = new Contender(name, command);
      const { versions } = await contender.prepare({ ...task, clock });
      const { losses } = await contender.check(CHECK.steps, CHECK.seconds);
      started.push({ name, contender, versions, losses });
      // Compilers and caches get their time before anything counts.
      await contender.train(seconds);
    }
    compareLosses(started);
    const samples = await takeTurns(
      started.map(({ name, contender }) => ({
        name,
        async measure() {
          const spent = await contender.train(seconds);
          return (spent[clock] * 1000) / spent.count;
        },
      })),
      bench.rounds,
      (text) => bench.progress(`${exercise.name}: ${text}`),
    );
    bench.report({
      title: exercise.title,
      unit: clock === 'cpu' ? 'processor ms a step' : 'ms a step',
      better: 'less',
      sides: started.map(({ name, versions, losses }, index): ContestSide => ({
        name,
        versions,
        samples: samples[index] ?? [],
        also: { 'first losses': meanLoss(losses) },
      })),
    });
  } finally {
    for (const { contender } of started) contender.stop();
  }
}
