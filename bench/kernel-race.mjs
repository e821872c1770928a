import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { describeEngines, openKernels } from '@labproof/core';

/**
 * Times single kernels on one core: every engine and level of Labproof beside a Python script, in one run. In each round
 * every side does every task for about S seconds while the others wait; the best time counts. Options of the command
 * line: --python PATH, --rounds N, --seconds S, --json FILE.
 *
 * @param options.script the Python end, which speaks as `kernel_race.py` does
 * @param options.tasks each `{ title, operations, … }`, with the floating-point operations of one call
 * @param options.prepare `(kernels, task) → () => void`: allocates and returns the call to be timed
 */
export async function race({ script, tasks, prepare }) {
  const { values } = parseArgs({
    options: {
      python: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '0.1' },
      json: { type: 'string' },
    },
  });
  const seconds = Number(values.seconds);
  const python = values.python === undefined ? [] : [await pythonSide(values.python, script)];
  const sides = [...(await engineSides(prepare)), ...python];
  const names = sides.flatMap((side) => side.names);
  const best = tasks.map(() => Object.fromEntries(names.map((name) => [name, Infinity])));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [index, task] of tasks.entries()) {
      for (const side of sides) {
        for (const [name, time] of Object.entries(await side.measure(task, seconds))) {
          best[index][name] = Math.min(best[index][name], time);
        }
      }
    }
  }
  for (const side of sides) side.stop();
  print(
    tasks,
    names,
    python.flatMap((side) => side.names),
    best,
  );
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify({ tasks, seconds: best }, null, 2)}\n`);
  }
}

/** An array of numbers in [low, high), the same on every engine. */
export function randomArray(kernels, length, stream, low = 0, high = 1) {
  const pointer = kernels.allocate(length * 4);
  kernels.uniform(pointer, length, 1, stream, 0, low, high);
  return pointer;
}

async function engineSides(prepare) {
  const opened = [];
  for (const { engine, levels } of await describeEngines()) {
    for (const level of levels) opened.push(await openKernels(engine, { level }));
  }
  return opened.map((kernels) => {
    const name = `${kernels.engine} ${kernels.level}`;
    return {
      names: [name],
      async measure(task, seconds) {
        kernels.reset();
        return { [name]: bestSeconds(prepare(kernels, task), seconds) };
      },
      stop: () => kernels.reset(),
    };
  });
}

/** The least time of one call, over batches of calls that take about a millisecond each. */
function bestSeconds(run, seconds) {
  run();
  let start = performance.now();
  run();
  const calls = Math.max(1, Math.round(1 / Math.max(performance.now() - start, 1e-6)));
  let best = Infinity;
  const end = performance.now() + seconds * 1000;
  do {
    start = performance.now();
    for (let call = 0; call < calls; call += 1) run();
    best = Math.min(best, (performance.now() - start) / calls);
  } while (performance.now() < end);
  return best / 1000;
}

async function pythonSide(python, script) {
  const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, [script], {
    env: { ...process.env, ...threads },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`${python} ended without an answer`);
    return JSON.parse(value);
  };
  const versions = await answer();
  console.log(Object.values(versions).join('; '));
  return {
    names: Object.keys(versions),
    measure(task, seconds) {
      child.stdin.write(`${JSON.stringify({ ...task, seconds })}\n`);
      return answer();
    },
    stop: () => child.stdin.end(),
  };
}

function print(tasks, names, others, best) {
  const ours = [names[0], names.find((name) => name.startsWith('wasm'))];
  const ratios = others.flatMap((other) => ours.map((own) => ({ own, other })));
  const header = ['GFLOP/s', ...names, ...ratios.map(({ own, other }) => `${own} ÷ ${other}`)];
  const rows = tasks.map(({ title, operations }, index) => [
    title,
    ...names.map((name) => (operations / best[index][name] / 1e9).toFixed(1)),
    ...ratios.map(({ own, other }) => (best[index][other] / best[index][own]).toFixed(2)),
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  console.log(`${os.cpus()[0]?.model ?? process.arch}, one thread, Node ${process.version}`);
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  '),
    );
  }
}
