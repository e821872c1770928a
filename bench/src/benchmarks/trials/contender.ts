import { z } from 'zod';
import { type CommandLine, SideProcess } from '../../measure/side-process.ts';
import type { TrialTask } from './inputs.ts';

/** What was done in which time: seconds of the clock, and of the processor in all threads. */
const SpentSchema = z.object({ count: z.number(), seconds: z.number(), cpu: z.number() });
export type Spent = z.infer<typeof SpentSchema>;

const CheckedSchema = SpentSchema.extend({ losses: z.array(z.number()) });
const PreparedSchema = z.object({ versions: z.string(), form: z.string().optional() });

/** Which seconds of a measurement count. */
export type Clock = 'seconds' | 'cpu';

/** A library that can train, in a process of its own. `serve-trials.ts` and `python/trial_side.py` are the other ends. */
export class Contender {
  readonly #process: SideProcess;

  constructor(name: string, command: CommandLine) {
    this.#process = new SideProcess(name, command);
  }

  /** `form` is the way of doing a step that turned out fastest; the task of a twin may name it. */
  prepare(
    task: TrialTask & { readonly clock: Clock; readonly form?: string },
  ): Promise<z.infer<typeof PreparedSchema>> {
    return this.#process.ask('prepare', { task }, PreparedSchema);
  }

  /** The losses of the first steps without dropout, at least two, as many as the seconds allow. */
  check(steps: number, seconds: number): Promise<z.infer<typeof CheckedSchema>> {
    return this.#process.ask('check', { steps, seconds }, CheckedSchema);
  }

  /** Trains for about so long, at least one step. */
  train(seconds: number): Promise<Spent> {
    return this.#process.ask('train', { seconds }, SpentSchema);
  }

  /** Evaluates for about so long, `rows` examples at a time. */
  evaluate(seconds: number, rows: number): Promise<Spent> {
    return this.#process.ask('evaluate', { seconds, rows }, SpentSchema);
  }

  stop(): void {
    this.#process.stop();
  }
}
