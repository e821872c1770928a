import { join } from 'node:path';
import {
  loadDataset,
  type Recipe,
  runTrials,
  shareDataset,
  type TrialExecutor,
  TrialThread,
} from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import type { OpenQueue } from '@labproof/queue';
import type { Bench } from '../../benchmark.ts';
import { type ContestSide, median } from '../../measure/contest.ts';
import { takeTurns } from '../../measure/turns.ts';
import type { Crew } from './crew.ts';

/** Workers that the queue is raced with. */
export const CREWS = [1, 2, 4] as const;

/** Trials one after the other that show what a single job waits. */
const SINGLE = 10;

/** What one job cost in one round, in processor seconds where it does not say otherwise. */
interface JobCost {
  readonly client: number;
  readonly workers: number;
  readonly redis: number;
  readonly commands: number;
  readonly bytes: number;
  readonly memory: number;
}

/**
 * Both sides of a trial are one thread that is ready: the difference is what a job pays for the queue, the file store and
 * this command's own part.
 */
export async function raceTrials(
  bench: Bench,
  crew: Crew,
  queue: OpenQueue,
  count: number,
): Promise<void> {
  const exercise = findExercise(new Labs().find('image-recognition'), 'mnist-mlp-relu');
  const dataset = shareDataset(await loadDataset('mnist'));
  const recipe: Recipe = { ...exercise.recipe, epochs: 1, trainLimit: 1000 };
  const aloneCache = join(bench.folder, 'alone');
  const thread = new TrialThread({ dataset, engine: 'auto', cacheDirectory: aloneCache });
  const here: TrialExecutor = {
    async train({ trials, onFinished }) {
      for (const trial of trials) {
        await thread.train(trial);
        await onFinished(trial.key);
      }
    },
  };
  let runs = 0;
  /** Trains from seeds that nobody has had before: nothing comes from a cache. */
  const train = async (executor: TrialExecutor, trials: number): Promise<number> => {
    runs += 1;
    const seeds = Array.from({ length: trials }, (_, index) => runs * 100_000 + index);
    const cacheDirectory = executor === here ? aloneCache : join(bench.folder, `run-${runs}`);
    const start = performance.now();
    await runTrials({ recipe, dataset, seeds, engine: 'auto', jobs: 1, cacheDirectory, executor });
    return (performance.now() - start) / 1000;
  };
  const aloneProcessor: number[] = [];
  const single: number[] = [];
  const costs = new Map<number, JobCost[]>();
  const over = (): TrialExecutor => queue.trials(null);
  try {
    await train(here, 3);
    const sides = [
      {
        name: 'none, 1 thread here',
        async measure() {
          const before = process.cpuUsage();
          const seconds = await train(here, count);
          aloneProcessor.push(secondsSince(before) / count);
          return seconds;
        },
      },
      ...CREWS.map((size) => ({
        name: String(size),
        async measure() {
          await crew.staff(size);
          // Every worker loads its data and starts its thread.
          await train(over(), 6 * size);
          const [before, working, own] = [
            await crew.load(),
            crew.processorSeconds(),
            process.cpuUsage(),
          ];
          const seconds = await train(over(), count);
          const client = secondsSince(own) / count;
          const after = await crew.load();
          const cost: JobCost = {
            client,
            workers: (crew.processorSeconds() - working) / count,
            redis: (after.seconds - before.seconds) / count,
            commands: (after.commands - before.commands) / count,
            bytes: (after.bytes - before.bytes) / count,
            memory: (after.memory - before.memory) / count,
          };
          costs.set(size, [...(costs.get(size) ?? []), cost]);
          if (size === 1) {
            let oneByOne = 0;
            for (let job = 0; job < SINGLE; job += 1) oneByOne += await train(over(), 1);
            single.push((oneByOne - (await train(here, SINGLE))) / SINGLE);
          }
          return seconds;
        },
      })),
    ];
    const samples = await takeTurns(sides, bench.rounds, (text) => bench.progress(text));
    await crew.staff(0);
    bench.report({
      title: `Workers, ${count} trials of ${exercise.id}, 1 epoch of 1,000 images`,
      unit: 's to drain',
      better: 'less',
      sides: sides.map(({ name }, index): ContestSide => {
        const size = CREWS[index - 1];
        const found = size === undefined ? undefined : costs.get(size);
        return {
          name,
          samples: samples[index] ?? [],
          ...(found === undefined ? {} : { also: columns(found) }),
        };
      }),
    });
    bench.say(
      `One trial by itself takes ${ms(median(single))} ms longer over the queue than on a thread here.`,
    );
    const beyond = (costs.get(1) ?? []).map(
      ({ client, workers, redis }, round) =>
        client + workers + redis - (aloneProcessor[round] ?? Number.NaN),
    );
    bench.say(
      `Processor time a job, command, worker and Redis together: ${ms(median(aloneProcessor))} ms here, ${ms(median(beyond))} ms more over the queue with 1 worker.`,
    );
  } finally {
    await thread.terminate();
  }
}

function columns(costs: readonly JobCost[]): Record<string, number> {
  const of = (name: keyof JobCost): number => median(costs.map((cost) => cost[name]));
  return {
    'commands a job': of('commands'),
    'Redis ms a job': 1000 * of('redis'),
    'bytes a job': of('bytes'),
    'Redis memory a job': of('memory'),
    'command’s own ms a job': 1000 * of('client'),
  };
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function ms(seconds: number): string {
  return (1000 * seconds).toFixed(1);
}
