import { watchOthers } from '../../measure/machine.ts';
import { type Clock, Contender, type Spent } from './contender.ts';
import type { TrialSize } from './exercises.ts';
import type { TrialTask } from './inputs.ts';
import type { Library } from './libraries.ts';

/** Rows of an evaluation pass; each side uses the size that is faster for it. */
const EVALUATION_ROWS = [128, 1024] as const;

/** The first steps are compared between the sides: so many, within so many seconds. */
const CHECK = { steps: 20, seconds: 20 };

/** A side with longer steps is not measured in rounds: the compared steps are its only ones. */
const LONGEST_STEP = 5;

/** One measurement of one mode. */
export interface ModeResult {
  readonly trialsPerHour: number;
  readonly millisecondsPerStep: number;
  readonly millisecondsPerExample: number;
  /** Processor seconds. */
  readonly cpu: number;
  /** Cores that everybody else kept busy meanwhile. */
  readonly others: number;
}

/** A number of processes with a number of threads each: `2 × 1` is two processes of one. */
export interface Mode {
  readonly name: string;
  readonly contenders: readonly Contender[];
  readonly results: ModeResult[];
}

/** How a side is measured. */
export interface Measuring {
  readonly seconds: number;
  /** While others keep more than `quiet` cores busy a measurement is done again, so many times at most. */
  readonly attempts: number;
  readonly quiet: number;
  readonly clock: Clock;
}

/** One library in all its modes: alone with one thread, alone with two, and as two processes with one thread each. */
export class Side {
  readonly name: string;
  versions = '';
  losses: readonly number[] = [];
  modes: readonly Mode[] = [];
  /** Whether it was measured while it started, once, by the compared steps. */
  slow = false;
  readonly #library: Library;
  #rows: number = EVALUATION_ROWS[0];
  readonly #contenders: Contender[] = [];

  constructor(library: Library) {
    this.name = library.name;
    this.#library = library;
  }

  /** Starts its processes on a task; `size` is that of a trial. */
  async start(task: TrialTask, size: TrialSize, { seconds, clock }: Measuring): Promise<void> {
    const one = this.#add(1);
    const { versions, form } = await one.prepare({ ...task, clock });
    this.versions = versions;
    const checked = await watchOthers(() => one.check(CHECK.steps, CHECK.seconds));
    this.losses = checked.losses;
    const alone: Mode = { name: '1 × 1', contenders: [one], results: [] };
    this.modes = [alone];
    if (checked.seconds / checked.count > LONGEST_STEP) {
      this.slow = true;
      const tested = await one.evaluate(0, task.recipe.batchSize);
      alone.results.push({
        ...trialsOf([checked], [tested], size, clock),
        cpu: checked.cpu + tested.cpu,
        others: checked.others,
      });
      return;
    }
    this.#rows = await fasterRows(one, seconds);
    const twin = this.#add(1);
    await twin.prepare({ ...task, clock, ...(form === undefined ? {} : { form }) });
    for (const each of [one, twin]) await this.#warm(each, seconds);
    this.modes = [alone, { name: '2 × 1', contenders: [one, twin], results: [] }];
    // The processor's time of two threads does not tell how long they took together.
    if (!this.#library.twoThreads || clock === 'cpu') return;
    const wide = this.#add(2);
    await wide.prepare({ ...task, clock });
    await this.#warm(wide, seconds);
    this.modes = [...this.modes, { name: '1 × 2', contenders: [wide], results: [] }];
  }

  /** Measures one mode; its processes run at the same time, and the quietest attempt counts, whatever its result. */
  async measure({ contenders, results }: Mode, size: TrialSize, how: Measuring): Promise<void> {
    const { seconds, attempts, quiet, clock } = how;
    let quietest: ModeResult | undefined;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const result = await watchOthers(async () => {
        const trained = await Promise.all(contenders.map((each) => each.train(seconds)));
        const tested = await Promise.all(
          contenders.map((each) => each.evaluate(seconds / 4, this.#rows)),
        );
        const cpu = sumOf([...trained, ...tested].map((spent) => spent.cpu));
        return { ...trialsOf(trained, tested, size, clock), cpu };
      });
      if (quietest === undefined || result.others < quietest.others) quietest = result;
      if (quietest.others <= quiet) break;
    }
    if (quietest !== undefined) results.push(quietest);
  }

  stop(): void {
    for (const contender of this.#contenders) contender.stop();
  }

  /** Compilers and caches get their time before anything counts. */
  async #warm(contender: Contender, seconds: number): Promise<void> {
    await contender.check(2, 0);
    await contender.train(seconds);
    await contender.evaluate(seconds / 4, this.#rows);
  }

  #add(threads: number): Contender {
    const contender = new Contender(this.name, this.#library.command(threads));
    this.#contenders.push(contender);
    return contender;
  }
}

/** Trials an hour of processes side by side, from what each did in which time. */
function trialsOf(
  trained: readonly Spent[],
  tested: readonly Spent[],
  { steps, evaluated }: TrialSize,
  clock: Clock,
): Omit<ModeResult, 'cpu' | 'others'> {
  const trials = trained.flatMap((training, index) => {
    const testing = tested[index];
    if (testing === undefined) return [];
    const perStep = training[clock] / training.count;
    const perExample = testing[clock] / testing.count;
    return { perStep, perExample, hourly: 3600 / (steps * perStep + evaluated * perExample) };
  });
  return {
    trialsPerHour: sumOf(trials.map(({ hourly }) => hourly)),
    millisecondsPerStep: (1000 * sumOf(trials.map(({ perStep }) => perStep))) / trials.length,
    millisecondsPerExample:
      (1000 * sumOf(trials.map(({ perExample }) => perExample))) / trials.length,
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

async function fasterRows(contender: Contender, seconds: number): Promise<number> {
  let fastest: { rows: number; time: number } = { rows: EVALUATION_ROWS[0], time: Infinity };
  for (const rows of EVALUATION_ROWS) {
    await contender.evaluate(0, rows);
    const result = await contender.evaluate(seconds / 4, rows);
    const time = result.seconds / result.count;
    if (time < fastest.time) fastest = { rows, time };
  }
  return fastest.rows;
}
