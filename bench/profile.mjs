// Where the time of a training step goes, kernel by kernel, in Labproof's engines.
//
//   node --import tsx --conditions=@labproof/source bench/profile.mjs [--exercise NAME]... [--engine native|wasm] [--seconds S]
//
// The fastest step counts: others on the machine only ever slow one down. What is left of it after the kernels is
// JavaScript; the clocks around every kernel cost about a tenth of a microsecond a call.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { planTraining, Trainer, openKernels } from '@labproof/core';
import { batchIndices, exercises } from './trials/exercises.mjs';
import { readDataset, writeInputs } from './trials/inputs.mjs';
import { describeMachine } from './trials/machine.mjs';

/** Not kernels, or called by others than the step. */
const UNTIMED = new Set(['allocate', 'reset', 'f32', 'i32', 'u8', 'adamStepSize']);
const WARM_STEPS = 10;

const { values: options } = parseArgs({
  options: {
    exercise: { type: 'string', multiple: true, default: exercises.map(({ name }) => name) },
    engine: { type: 'string', default: 'native' },
    seconds: { type: 'string', default: '3' },
  },
});

console.log(describeMachine());
const folder = await mkdtemp(path.join(os.tmpdir(), 'labproof-profile-'));
try {
  for (const exercise of exercises.filter(({ name }) => options.exercise.includes(name))) {
    await profile(exercise);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function profile(exercise) {
  const { task } = await writeInputs(exercise, folder);
  const kernels = await openKernels(options.engine);
  const times = new Map();
  const dataset = readDataset(task);
  const trainer = new Trainer({
    kernels: clocked(kernels, times),
    plan: planTraining(task.recipe, dataset),
    dataset,
    seed: 1,
  });
  const step = (index) =>
    trainer.trainStep(batchIndices(index, task.recipe.batchSize, task.examples));
  for (let index = 0; index < WARM_STEPS; index += 1) step(index);
  let fastest = { time: Infinity, kernels: [] };
  let steps = 0;
  const end = performance.now() + Number(options.seconds) * 1000;
  while (performance.now() < end) {
    times.clear();
    const start = performance.now();
    step(WARM_STEPS + steps);
    const time = performance.now() - start;
    if (time < fastest.time) fastest = { time, kernels: [...times] };
    steps += 1;
  }
  print(exercise, fastest, steps);
}

/** The same kernels, each adding the milliseconds of its calls to `times`. */
function clocked(kernels, times) {
  const timed = { ...kernels };
  for (const [name, kernel] of Object.entries(kernels)) {
    if (typeof kernel !== 'function' || UNTIMED.has(name)) continue;
    timed[name] = (...parameters) => {
      const start = performance.now();
      const result = kernel(...parameters);
      times.set(name, (times.get(name) ?? 0) + performance.now() - start);
      return result;
    };
  }
  return timed;
}

function print({ name, title }, { time: step, kernels }, steps) {
  const inKernels = kernels.reduce((sum, [, time]) => sum + time, 0);
  const rows = [...kernels, ['JavaScript', step - inKernels]].toSorted((a, b) => b[1] - a[1]);
  console.log(`\n${name}: ${title}`);
  console.log(`${step.toFixed(3)} ms, the fastest of ${steps} steps, ${options.engine}`);
  for (const [kernel, time] of rows) {
    const share = ((100 * time) / step).toFixed(1);
    console.log(`${time.toFixed(4).padStart(10)} ms ${share.padStart(5)} %  ${kernel}`);
  }
}
