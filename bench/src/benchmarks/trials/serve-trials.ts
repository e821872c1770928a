import { serve } from '../../measure/serve.ts';
import { type TrialTask, TrialTaskSchema } from './inputs.ts';

/** A library with a network in it. */
export interface TrialRunner {
  readonly versions: string;
  /** Starts anew from the initial weights. */
  reset(options: { readonly dropout: boolean }): void;
  /** Trains on batch number `index` and gives its mean loss. */
  step(index: number): number;
  /** Evaluates a stretch of the test examples, `rows` at a time where that can be chosen; gives how many they were. */
  evaluate(rows: number): number;
}

/** The TypeScript end of `Contender`: answers with a runner that is made for the task. */
export function serveTrials(prepare: (task: TrialTask) => Promise<TrialRunner>): Promise<void> {
  let made: TrialRunner | undefined;
  const runner = (): TrialRunner => {
    if (made === undefined) throw new Error('nothing is prepared yet');
    return made;
  };
  let done = 0;
  return serve({
    async prepare({ task }: { task: unknown }) {
      made = await prepare(TrialTaskSchema.parse(task));
      return { versions: made.versions };
    },
    check({ steps, seconds }: { steps: number; seconds: number }) {
      runner().reset({ dropout: false });
      const losses: number[] = [];
      const step = (): void => void losses.push(runner().step(losses.length));
      const time = timed(seconds, step, { least: 2, most: steps });
      runner().reset({ dropout: true });
      return { losses, count: losses.length, ...time };
    },
    train({ seconds }: { seconds: number }) {
      const from = done;
      const time = timed(seconds, () => {
        runner().step(done);
        done += 1;
      });
      return { count: done - from, ...time };
    },
    evaluate({ seconds, rows }: { seconds: number; rows: number }) {
      let count = 0;
      const time = timed(seconds, () => {
        count += runner().evaluate(rows);
      });
      return { count, ...time };
    },
  });
}

/** Repeats until the time is up; the seconds that it took, and those of the processor in all threads. */
function timed(
  seconds: number,
  run: () => void,
  { least = 1, most = Infinity } = {},
): { seconds: number; cpu: number } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let elapsed = 0;
  for (let count = 0; count < least || (count < most && elapsed < seconds); count += 1) {
    run();
    elapsed = (performance.now() - start) / 1000;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: elapsed, cpu: (user + system) / 1e6 };
}
