import { type Kernels, openKernels, planTraining, Trainer } from '@labproof/core';
import type { Bench, Benchmark } from '../../benchmark.ts';
import { batchIndices, exercises, type TimedExercise } from './exercises.ts';
import { readTaskDataset, writeInputs } from './inputs.ts';
import { pick } from './libraries.ts';

/** Not kernels, or called by others than the step. */
const UNTIMED = new Set(['allocate', 'reset', 'f32', 'i32', 'u8', 'close']);
const WARM_STEPS = 10;
const EXAMPLES = 12_800;

/**
 * The fastest step counts: others on the machine only ever slow one down. What is left of it after the kernels is
 * JavaScript; the clocks around every kernel cost about a tenth of a microsecond a call.
 */
export const profile: Benchmark = {
  name: 'profile',
  about: 'where the time of a training step goes, kernel by kernel',
  rounds: 3,
  options: {
    exercise: { type: 'string', multiple: true, help: 'a network of trials' },
    engine: { type: 'string', default: 'native', help: 'native or wasm' },
    seconds: { type: 'string', default: '1', help: 'seconds of a network in a round' },
  },
  async run(bench) {
    for (const exercise of pick(exercises, bench.options('exercise'))) await look(bench, exercise);
  },
};

async function look(bench: Bench, exercise: TimedExercise): Promise<void> {
  const { task } = await writeInputs(exercise, bench.folder, EXAMPLES);
  const engine = bench.option('engine') === 'wasm' ? 'wasm' : 'native';
  const kernels = await openKernels(engine);
  const times = new Map<string, number>();
  const dataset = readTaskDataset(task);
  const trainer = new Trainer({
    kernels: clocked(kernels, times),
    plan: planTraining(task.recipe, dataset),
    dataset,
    seed: 1,
  });
  const step = (index: number): void =>
    void trainer.trainStep(batchIndices(index, task.recipe.batchSize, task.examples));
  for (let index = 0; index < WARM_STEPS; index += 1) step(index);
  let fastest = { time: Infinity, kernels: new Map<string, number>() };
  const bests: number[] = [];
  let steps = 0;
  for (let round = 0; round < bench.rounds; round += 1) {
    bench.progress(`round ${round + 1} of ${bench.rounds}, ${exercise.name}`);
    const end = performance.now() + Number(bench.option('seconds')) * 1000;
    let best = Infinity;
    do {
      times.clear();
      const start = performance.now();
      step(WARM_STEPS + steps);
      const time = performance.now() - start;
      best = Math.min(best, time);
      if (time < fastest.time) fastest = { time, kernels: new Map(times) };
      steps += 1;
    } while (performance.now() < end);
    bests.push(best);
  }
  bench.report({
    title: `${exercise.name}: ${exercise.title}`,
    unit: 'ms a step',
    better: 'less',
    sides: [{ name: `Labproof ${engine}`, samples: bests, versions: kernels.level }],
  });
  bench.say(shares(fastest, steps));
}

/** The same kernels, each adding the milliseconds of its calls to `times`. */
function clocked(kernels: Kernels, times: Map<string, number>): Kernels {
  const timed = Object.entries(kernels).map(([name, kernel]: [string, unknown]) => {
    if (typeof kernel !== 'function' || UNTIMED.has(name)) return [name, kernel] as const;
    const clock = (...parameters: unknown[]): unknown => {
      const start = performance.now();
      const result: unknown = Reflect.apply(kernel, kernels, parameters);
      times.set(name, (times.get(name) ?? 0) + performance.now() - start);
      return result;
    };
    return [name, clock] as const;
  });
  return { ...kernels, ...Object.fromEntries(timed) };
}

function shares(
  { time, kernels }: { time: number; kernels: ReadonlyMap<string, number> },
  steps: number,
): string {
  const inKernels = [...kernels.values()].reduce((sum, value) => sum + value, 0);
  const rows = [...kernels, ['JavaScript', time - inKernels] as const].toSorted(
    (a, b) => b[1] - a[1],
  );
  return [
    `${time.toFixed(3)} ms, the fastest of ${steps} steps:`,
    ...rows.map(
      ([name, value]) =>
        `${value.toFixed(4).padStart(10)} ms ${((100 * value) / time).toFixed(1).padStart(5)} %  ${name}`,
    ),
  ].join('\n');
}
