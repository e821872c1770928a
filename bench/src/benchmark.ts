import type { Contest } from './measure/contest.ts';

/** An option that only one benchmark has, as `parseArgs` takes it. */
export interface BenchmarkOption {
  readonly type: 'string';
  readonly default?: string;
  /** May be given several times. */
  readonly multiple?: true;
  readonly help: string;
}

/** What a benchmark is given to work with. */
export interface Bench {
  /** Times that every side is measured. */
  readonly rounds: number;
  /** A folder of its own that is taken away afterwards. */
  readonly folder: string;
  /** An interpreter of Python, where the user named one. */
  readonly python: string | null;
  /** The value of an option of its own; `''` where it was not given. */
  option(name: string): string;
  /** All values of an option that may be given several times. */
  options(name: string): readonly string[];
  /** A contest that is over; its table is printed unless `quiet`, and it stands in the file of `--json`. */
  report(contest: Contest, how?: { readonly quiet: boolean }): void;
  /** A line below the tables. */
  say(line: string): void;
  /** What is going on, where somebody watches. */
  progress(text: string): void;
}

/** A comparison: the same work by several sides, in turns, in one run. */
export interface Benchmark {
  readonly name: string;
  /** What it compares, in one line. */
  readonly about: string;
  /** Rounds unless told: as many as make the medians worth something. */
  readonly rounds: number;
  readonly options: Readonly<Record<string, BenchmarkOption>>;
  run(bench: Bench): Promise<void>;
}
