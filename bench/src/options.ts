import { parseArgs } from 'node:util';
import type { Bench, Benchmark, BenchmarkOption } from './benchmark.ts';

/** What a command line says. */
export interface Options extends Pick<Bench, 'rounds' | 'python' | 'option' | 'options'> {
  /** The file for the results. */
  readonly json: string | null;
}

/** The options that every benchmark has. */
const COMMON: Readonly<Record<string, BenchmarkOption>> = {
  rounds: { type: 'string', help: 'times that every side is measured' },
  json: { type: 'string', help: 'write the results there as well' },
  python: { type: 'string', help: 'an interpreter with the packages of bench/requirements.txt' },
};

/** Reads the command line of a benchmark. Throws for an unknown option and for rounds that are no number from 1 on. */
export function readOptions(benchmark: Benchmark, parameters: readonly string[]): Options {
  const known = { ...COMMON, ...benchmark.options };
  const { values } = parseArgs({
    args: [...parameters],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { type, default: value, multiple }]) => [
        name,
        {
          type,
          ...(multiple === true ? { multiple } : {}),
          ...(value === undefined ? {} : { default: multiple === true ? [value] : value }),
        },
      ]),
    ),
  });
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  const rounds = Number(text('rounds') ?? benchmark.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds takes a whole number from 1 on, not "${text('rounds')}"`);
  }
  return {
    rounds,
    json: text('json'),
    python: text('python'),
    option: (name) => text(name) ?? '',
    options: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
  };
}

/** What there is, and how it is asked for. */
export function helpText(benchmarks: readonly Benchmark[]): string {
  const lines = (options: Readonly<Record<string, BenchmarkOption>>): string[] =>
    Object.entries(options).map(([name, { help, default: value }]) => {
      const unless = value === undefined ? '' : ` (${value})`;
      return `    --${`${name} VALUE`.padEnd(20)} ${help}${unless}`;
    });
  return [
    'npm run bench -- NAME [options]',
    '',
    ...benchmarks.flatMap(({ name, about, rounds, options }) => [
      `  ${name.padEnd(12)} ${about} (${rounds} rounds)`,
      ...lines(options),
    ]),
    '',
    '  all of them',
    ...lines(COMMON),
  ].join('\n');
}
