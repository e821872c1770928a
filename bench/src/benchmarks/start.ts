import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Benchmark } from '../benchmark.ts';
import { type ContestSide, median } from '../measure/contest.ts';
import { LABPROOF, runProgram } from '../measure/run-program.ts';
import { takeTurns } from '../measure/turns.ts';

const LAB = 'image-recognition';
const ANSWERS = fileURLToPath(
  new URL(`../../../fixtures/${LAB}/excellent/submission/answers.md`, import.meta.url),
);

/** Every process of Node.js that a command starts leaves its processor time there: when it ends, and whenever it has answered. */
const TELL = `
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) {
  const tell = () => {
    const { user, system } = process.cpuUsage();
    appendFileSync(process.env.LABPROOF_BENCH_USE, \`\${process.pid} \${(user + system) / 1000}\\n\`);
  };
  process.on('exit', tell);
  // A grading process is killed when it has done its work.
  const { send } = process;
  if (send !== undefined) {
    process.send = (...message) => {
      const sent = send.apply(process, message);
      tell();
      return sent;
    };
  }
}
`;

/** What a user waits for before the work begins. The other side is another checkout, built. */
export const start: Benchmark = {
  name: 'start',
  about: 'how long commands take that do little, in processor time: version, labs, a check of text',
  rounds: 7,
  options: {
    other: { type: 'string', help: 'another built checkout to hold against this one' },
  },
  async run(bench) {
    const text = join(bench.folder, 'text');
    mkdirSync(text);
    // The last two answers state networks of the playground, which are run for seconds.
    const [answers = ''] = readFileSync(ANSWERS, 'utf8').split('## Question 23');
    writeFileSync(join(text, 'answers.md'), answers);
    const tell = join(bench.folder, 'tell.mjs');
    const use = join(bench.folder, 'use.txt');
    writeFileSync(tell, TELL);
    // Grading processes inherit both.
    process.env['NODE_OPTIONS'] = `--import=${pathToFileURL(tell).href}`;
    process.env['LABPROOF_BENCH_USE'] = use;
    const other = bench.option('other');
    const sides = [
      { name: 'this checkout', bin: LABPROOF },
      ...(other === '' ? [] : [{ name: other, bin: join(other, 'packages/cli/bin/labproof.js') }]),
    ];
    const commands = [['--version'], ['labs'], ['check', text, '--lab', LAB]];
    for (const command of commands) {
      const waits: number[][] = sides.map(() => []);
      const samples = await takeTurns(
        sides.map(({ name, bin }, index) => ({
          name,
          async measure() {
            rmSync(use, { force: true });
            const { seconds } = await runProgram([bin, ...command]);
            waits[index]?.push(seconds * 1000);
            const told = readFileSync(use, 'utf8').trim().split('\n');
            // Of each process the last that it has told.
            const times = new Map(told.map((line) => line.split(' ') as [string, string]));
            return [...times.values()].reduce((sum, time) => sum + Number(time), 0);
          },
        })),
        bench.rounds,
        (what) => bench.progress(`${command[0]}: ${what}`),
      );
      bench.report({
        title: `labproof ${command[0]}`,
        unit: 'ms of a processor',
        better: 'less',
        sides: sides.map(({ name }, index): ContestSide => ({
          name,
          samples: samples[index] ?? [],
          also: {
            'median wait ms': median(waits[index] ?? []),
            'best wait ms': Math.min(...(waits[index] ?? [])),
          },
        })),
      });
    }
  },
};
