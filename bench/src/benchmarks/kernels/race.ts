import { describeEngines, type Kernels, openKernels } from '@labproof/core';
import { z } from 'zod';
import type { Bench, BenchmarkOption } from '../../benchmark.ts';
import type { Contest } from '../../measure/contest.ts';
import { pythonSide, SideProcess } from '../../measure/side-process.ts';
import { contestMatrix } from '../../measure/table.ts';

/** One call of one kernel. */
export interface KernelTask {
  readonly title: string;
  /** Floating-point operations of the call. */
  readonly operations: number;
}

/** What calls one kernel on memory of its own. */
export type PrepareCall<Task> = (kernels: Kernels, task: Task) => () => void;

export const KERNEL_OPTIONS = {
  seconds: { type: 'string', default: '0.1', help: 'seconds of a kernel in a round' },
} as const satisfies Readonly<Record<string, BenchmarkOption>>;

/** Libraries that do the same call: the least seconds of one, by library. */
interface KernelSide<Task> {
  readonly names: readonly string[];
  measure(task: Task, seconds: number): Promise<Readonly<Record<string, number>>>;
  stop(): void;
}

const Versions = z.record(z.string(), z.string());
const Seconds = z.record(z.string(), z.number());

/**
 * Times single kernels on one core: every engine and level of Labproof beside the libraries of a Python script. In each
 * round every side does every task for so many seconds while the others wait. A sample is the best of its batches of
 * about a millisecond: others on the machine only ever slow one down.
 */
export async function raceKernels<Task extends KernelTask>(
  bench: Bench,
  options: {
    title: string;
    tasks: readonly Task[];
    prepare: PrepareCall<Task>;
    /** In `python/`. */
    script: string;
  },
): Promise<void> {
  const { tasks } = options;
  const seconds = Number(bench.option('seconds'));
  const sides = await engineSides(options.prepare);
  if (bench.python !== null)
    sides.push(await pythonSides<Task>(bench, bench.python, options.script));
  const samples = tasks.map(() => new Map<string, number[]>());
  try {
    for (let round = 0; round < bench.rounds; round += 1) {
      for (const [index, task] of tasks.entries()) {
        bench.progress(`round ${round + 1} of ${bench.rounds}, ${task.title}`);
        for (const side of sides) {
          for (const [name, time] of Object.entries(await side.measure(task, seconds))) {
            const known = samples[index]?.get(name) ?? [];
            samples[index]?.set(name, [...known, task.operations / time / 1e9]);
          }
        }
      }
    }
  } finally {
    for (const side of sides) side.stop();
  }
  const names = sides.flatMap((side) => side.names);
  const contests = tasks.map(({ title }, index): Contest => ({
    title,
    unit: 'GFLOP/s',
    better: 'more',
    sides: names.map((name) => ({ name, samples: samples[index]?.get(name) ?? [] })),
  }));
  for (const contest of contests) bench.report(contest, { quiet: true });
  bench.say(contestMatrix(options.title, contests));
}

/** An array of numbers in [low, high), the same on every engine. */
export function randomArray(
  kernels: Kernels,
  length: number,
  stream: number,
  low = 0,
  high = 1,
): number {
  const pointer = kernels.allocate(length * 4);
  kernels.uniform(pointer, length, 1, stream, 0, low, high);
  return pointer;
}

async function engineSides<Task>(prepare: PrepareCall<Task>): Promise<KernelSide<Task>[]> {
  const opened: Kernels[] = [];
  for (const { engine, levels } of await describeEngines()) {
    for (const level of levels) opened.push(await openKernels(engine, { level }));
  }
  return opened.map((kernels) => {
    const name = `${kernels.engine} ${kernels.level}`;
    return {
      names: [name],
      measure(task, seconds) {
        kernels.reset();
        return Promise.resolve({ [name]: bestSeconds(prepare(kernels, task), seconds) });
      },
      stop: () => kernels.reset(),
    };
  });
}

/** The least time of one call, over batches of calls that take about a millisecond each. */
function bestSeconds(call: () => void, seconds: number): number {
  call();
  let start = performance.now();
  call();
  const calls = Math.max(1, Math.round(1 / Math.max(performance.now() - start, 1e-6)));
  let best = Infinity;
  const end = performance.now() + seconds * 1000;
  do {
    start = performance.now();
    for (let count = 0; count < calls; count += 1) call();
    best = Math.min(best, (performance.now() - start) / calls);
  } while (performance.now() < end);
  return best / 1000;
}

async function pythonSides<Task>(
  bench: Bench,
  python: string,
  script: string,
): Promise<KernelSide<Task>> {
  const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const side = new SideProcess(script, pythonSide(python, script), threads);
  const versions = await side.ask('prepare', {}, Versions);
  bench.say(Object.values(versions).join('; '));
  return {
    names: Object.keys(versions),
    measure: (task, seconds) => side.ask('measure', { task, seconds }, Seconds),
    stop: () => side.stop(),
  };
}
