import { z } from 'zod';
import { serve } from '../../measure/serve.ts';
import { type CommandLine, SideProcess } from '../../measure/side-process.ts';

const TaskSchema = z.object({ folder: z.string(), exercise: z.string() });
/** Submissions with models, and the exercise that these are of. */
export type EvaluationTask = z.infer<typeof TaskSchema>;

const EvaluatedSchema = z.object({
  seconds: z.number(),
  /** Of the processor, in all threads. */
  busy: z.number(),
  accuracy: z.number(),
});
export type Evaluated = z.infer<typeof EvaluatedSchema>;
const ReadySchema = z.object({ versions: z.string() });

/** A library that evaluates submitted models, in a process of its own. */
export class Evaluator {
  readonly name: string;
  versions = '';
  readonly #process: SideProcess;

  constructor(name: string, command: CommandLine) {
    this.name = name;
    this.#process = new SideProcess(name, command);
  }

  async prepare(task: EvaluationTask): Promise<void> {
    this.versions = (await this.#process.ask('prepare', { task }, ReadySchema)).versions;
  }

  /** Reads and evaluates the model of one student. */
  evaluate(student: string): Promise<Evaluated> {
    return this.#process.ask('evaluate', { student }, EvaluatedSchema);
  }

  stop(): void {
    this.#process.stop();
  }
}

/** What a side does with one student's model; gives its accuracy. What `before` makes ready is not timed. */
export interface EvaluatingLibrary {
  readonly versions: string;
  evaluate(student: string): Promise<() => Promise<number>>;
}

/** The TypeScript end of `Evaluator`. */
export function serveEvaluations(
  prepare: (task: EvaluationTask) => Promise<EvaluatingLibrary>,
): Promise<void> {
  let library: EvaluatingLibrary | undefined;
  return serve({
    async prepare({ task }: { task: unknown }) {
      library = await prepare(TaskSchema.parse(task));
      return { versions: library.versions };
    },
    async evaluate({ student }: { student: string }): Promise<Evaluated> {
      if (library === undefined) throw new Error('nothing is prepared yet');
      const work = await library.evaluate(student);
      const start = performance.now();
      const before = process.cpuUsage();
      const accuracy = await work();
      const { user, system } = process.cpuUsage(before);
      return {
        seconds: (performance.now() - start) / 1000,
        busy: (user + system) / 1e6,
        accuracy,
      };
    },
  });
}
