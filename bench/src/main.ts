// `npm run bench -- NAME [options]`: runs one benchmark.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Benchmark } from './benchmark.ts';
import { benchmarks } from './benchmarks/index.ts';
import { type Contest, contestToJson } from './measure/contest.ts';
import { describeMachine } from './measure/machine.ts';
import { contestTable } from './measure/table.ts';
import { helpText, readOptions } from './options.ts';

const [name, ...parameters] = process.argv.slice(2);
const benchmark = benchmarks.find((each) => each.name === name);
if (benchmark === undefined) {
  console.error(helpText(benchmarks));
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
} else {
  await run(benchmark, parameters);
}

async function run(chosen: Benchmark, given: readonly string[]): Promise<void> {
  const options = readOptions(chosen, given);
  const folder = mkdtempSync(join(tmpdir(), `labproof-bench-${chosen.name}-`));
  const machine = describeMachine();
  const contests: Contest[] = [];
  const notes: string[] = [];
  const write = (): void => {
    if (options.json === null) return;
    const { rounds } = options;
    const report = {
      benchmark: chosen.name,
      machine,
      rounds,
      contests: contests.map(contestToJson),
      notes,
    };
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  };
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  };
  const bench: Bench = {
    ...options,
    folder,
    progress,
    report(contest, how) {
      progress('');
      contests.push(contest);
      if (how?.quiet !== true) console.log(contestTable(contest));
      write();
    },
    say(line) {
      progress('');
      notes.push(line);
      console.log(`${line}\n`);
      write();
    },
  };
  console.log(`${machine}; ${options.rounds} rounds\n`);
  try {
    await chosen.run(bench);
  } finally {
    progress('');
    rmSync(folder, { recursive: true, force: true });
  }
}
