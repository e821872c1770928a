// Trials an hour of the labs' networks, in every library at hand, in one run.
//
//   node --import tsx --conditions=@labproof/source bench/trials.mjs [--python PATH] [--exercise NAME]... [--without SIDE]...
//        [--rounds N] [--seconds S] [--attempts N] [--quiet CORES] [--clock wall|cpu] [--json FILE]
//
// A trial is the whole exercise: all epochs, validation after each, the test set at the end. Its time follows from the
// measured times of a training step and of an evaluated example. Sides take turns, and in each round every side runs for
// about S seconds in each of its modes while all others wait: one process with one thread, one with two, and two
// processes with one thread each side by side. On a shared machine `--attempts` repeats a measurement during which others
// kept more than `--quiet` cores busy, and the quietest attempt counts; on one that is never quiet, `--clock cpu` counts the
// processor's time of the sides with one thread, which is what the clock would show if each had its core to itself.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exercises, trialSize } from './trials/exercises.mjs';
import { writeInputs } from './trials/inputs.mjs';
import { describeMachine } from './trials/machine.mjs';
import { Side } from './trials/side.mjs';
import { mean, summarize, tableOf } from './trials/table.mjs';

/** Losses of the first steps may differ by so much: more means that a side trains another network. */
const TOLERANCE = 0.01;

const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    exercise: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    attempts: { type: 'string', default: '1' },
    quiet: { type: 'string', default: '0.1' },
    clock: { type: 'string', default: 'wall' },
    json: { type: 'string' },
  },
});
const [rounds, seconds] = [options.rounds, options.seconds].map(Number);
const [attempts, quiet] = [options.attempts, options.quiet].map(Number);

const CLOCKS = { wall: 'seconds', cpu: 'cpu' };
const clock =
  CLOCKS[
    pick(
      Object.keys(CLOCKS).map((name) => ({ name })),
      [options.clock],
    )[0].name
  ];

const script = (name) => fileURLToPath(new URL(`trials/${name}`, import.meta.url));
const node = [process.execPath, '--import', 'tsx', '--conditions=@labproof/source'];
const contenders = [
  { name: 'Labproof native', command: () => [...node, script('labproof_trials.mjs'), 'native'] },
  { name: 'Labproof wasm', command: () => [...node, script('labproof_trials.mjs'), 'wasm'] },
  ...(options.python === undefined ? [] : pythonSides(options.python)),
  {
    name: 'TF.js wasm',
    command: () => [process.execPath, script('tfjs_trials.mjs'), 'wasm'],
    cannot: 'cannot train a convolution: the backend has no kernel Conv2DBackpropFilter',
  },
  { name: 'TF.js cpu', command: () => [process.execPath, script('tfjs_trials.mjs'), 'cpu'] },
];
const chosen = pick(exercises, options.exercise);
pick(contenders, options.without);
const sides = contenders.filter(({ name }) => !options.without.includes(name));

const folder = await mkdtemp(path.join(os.tmpdir(), 'labproof-trials-'));
const report = { machine: describeMachine(), clock: options.clock, rounds, seconds, exercises: [] };
console.log(`${report.machine}; clock: ${report.clock}\n`);
try {
  for (const exercise of chosen) {
    const result = await race(exercise);
    report.exercises.push(result);
    console.log(tableOf(result));
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function race(exercise) {
  const { task, dataset } = await writeInputs(exercise, folder);
  const size = trialSize(exercise.recipe, dataset);
  const convolves = exercise.recipe.model.layers.some(({ class_name: name }) => name === 'Conv2D');
  const able = sides.filter(({ cannot }) => cannot === undefined || !convolves);
  const running = able.map((side) => ({ ...side, side: new Side(side) }));
  try {
    for (const { name, side, twoThreads = false } of running) {
      progress(`${exercise.name}: ${name} starts`);
      await side.start(task, size, { twoThreads, seconds, clock });
    }
    compareLosses(running.map(({ side }) => side));
    for (let round = 0; round < rounds; round += 1) {
      for (const { side } of running) {
        if (side.slow) continue;
        for (const mode of side.modes) {
          progress(`${exercise.name}: round ${round + 1}/${rounds}, ${side.name} ${mode.name}`);
          await side.measure(mode, size, { seconds, attempts, quiet, clock });
        }
      }
    }
    progress('');
  } finally {
    for (const { side } of running) side.stop();
  }
  return {
    name: exercise.name,
    title: exercise.title,
    ...size,
    sides: sides.map(({ name, cannot }) => {
      const side = running.find((each) => each.name === name)?.side;
      if (side === undefined) return { name, note: cannot, modes: [] };
      const { versions, losses, modes } = side;
      return { name, versions, losses, modes: modes.map(summarize) };
    }),
  };
}

/** Every side must train the same network: same losses, step by step, as the first side. */
function compareLosses([first, ...others]) {
  for (const { name, losses } of others) {
    const common = Math.min(losses.length, first.losses.length);
    const [theirs, ours] = [losses, first.losses].map((each) => mean(each.slice(0, common)));
    if (!(Math.abs(theirs - ours) <= TOLERANCE * ours)) {
      throw new Error(
        `${name} trains another network: mean loss of ${common} steps ${theirs}, ${first.name} ${ours}`,
      );
    }
  }
}

function pythonSides(python) {
  const sides = [
    ['Keras', 'tensorflow', 'keras_trials.py'],
    ['Keras fit', 'tensorflow', 'keras_fit_trials.py'],
    ['PyTorch', 'torch', 'pytorch_trials.py'],
  ];
  return sides.flatMap(([name, module, file]) => {
    const probe = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
    const { status } = spawnSync(python, ['-c', probe], { stdio: 'inherit' });
    if (status !== 0) console.error(`${python} has no ${module}: ${name} is left out`);
    const command = (threads) => [python, script(file), String(threads)];
    return status === 0 ? [{ name, command, twoThreads: true }] : [];
  });
}

/** The named ones, all where none is named; an unknown name ends the run. */
function pick(all, names) {
  const unknown = names.find((name) => all.every((each) => each.name !== name));
  if (unknown !== undefined) {
    console.error(`"${unknown}" is none of: ${all.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
