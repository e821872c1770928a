// Trials an hour: a trial is the whole exercise, all epochs with their validation and the test set at the end.
import { spawn } from 'node:child_process';
import { openKernels, planTraining, Trainer } from '@labproof/core';
import { exerciseNamed, trialsOnGpu } from './engine.mjs';

/** How many steps and evaluated examples a trial has. */
function sizeOfTrial(recipe, dataset) {
  const limit = Math.min(recipe.trainLimit ?? Infinity, dataset.train.count);
  const share = recipe.validation.from === 'split' ? recipe.validation.share : 0;
  const train = Math.trunc(limit * (1 - share));
  const validation = { split: limit - train, test: dataset.test.count, none: 0 }[
    recipe.validation.from
  ];
  const steps = recipe.epochs * Math.ceil(train / recipe.batchSize);
  return { steps, evaluated: recipe.epochs * validation + dataset.test.count };
}

export async function speed({ data, tell, exercises, sideBySide }) {
  for (const name of exercises) {
    const { recipe } = exerciseNamed(name);
    const { dataset } = await data.load(recipe.dataset);
    for (const count of sideBySide) {
      const seeds = Array.from({ length: count }, (_, index) => index + 1);
      const begun = performance.now();
      const trials = await trialsOnGpu(recipe, dataset, seeds);
      trials.runEpoch();
      const warm = performance.now();
      trials.runEpoch();
      const epoch = (performance.now() - warm) / 1000;
      const testing = performance.now();
      trials.trainers.forEach((trainer) => trainer.test());
      const test = (performance.now() - testing) / 1000;
      trials.release();
      const seconds = (recipe.epochs * epoch + test) / count;
      tell({
        part: 'speed',
        exercise: name,
        sideBySide: count,
        epoch,
        test,
        perTrial: seconds,
        perHour: 3600 / seconds,
        text: `${name}, ${count} side by side: an epoch ${epoch.toFixed(3)} s, ${seconds.toFixed(3)} s a trial, ${(3600 / seconds).toFixed(0)} trials an hour (building and first epoch ${((warm - begun) / 1000).toFixed(1)} s)`,
      });
      if (count > 1 && epoch > 15) break;
    }
  }
}

/** Times steps and evaluations of one exercise in this process: seconds of each. */
async function timeNative(data, name, seconds) {
  const { recipe } = exerciseNamed(name);
  const { dataset } = await data.load(recipe.dataset);
  const kernels = await openKernels('native');
  const shorter = { ...recipe, trainLimit: 60 * recipe.batchSize };
  const plan = planTraining(shorter, dataset);
  const trainer = new Trainer({ kernels, plan, dataset, seed: 1 });
  const indices = (step) =>
    Int32Array.from({ length: recipe.batchSize }, (_, row) => (step * 7919 + row) % 2048);
  for (let step = 0; step < 3; step += 1) trainer.trainStep(indices(step));
  let steps = 0;
  const start = performance.now();
  for (; performance.now() - start < 1000 * seconds; steps += 1) trainer.trainStep(indices(steps));
  const step = (performance.now() - start) / 1000 / steps;
  const testing = performance.now();
  trainer.test();
  const example = (performance.now() - testing) / 1000 / dataset.test.count;
  const { steps: all, evaluated } = sizeOfTrial(recipe, dataset);
  return { step, example, perTrial: all * step + evaluated * example, level: kernels.level };
}

export async function nativeSpeed({ data, tell, exercises, processes }) {
  if (process.env['LABPROOF_BENCH_CHILD'] !== undefined) {
    const timed = await timeNative(data, exercises[0], 3);
    process.stdout.write(`${JSON.stringify(timed)}\n`);
    process.exit(0);
  }
  for (const name of exercises) {
    for (const count of processes) {
      const timed = await Promise.all(Array.from({ length: count }, () => inProcess(name)));
      const perHour = timed.reduce((sum, { perTrial }) => sum + 3600 / perTrial, 0);
      const step = timed.reduce((sum, one) => sum + one.step, 0) / count;
      tell({
        part: 'native',
        exercise: name,
        processes: count,
        perHour,
        step,
        level: timed[0].level,
        text: `${name}, native ${timed[0].level} in ${count} processes: a step ${(1000 * step).toFixed(2)} ms, ${perHour.toFixed(1)} trials an hour`,
      });
    }
  }
}

function inProcess(name) {
  const child = spawn(
    process.execPath,
    [...process.execArgv, process.argv[1], 'native', '--exercise', name, ...dataOption()],
    { env: { ...process.env, LABPROOF_BENCH_CHILD: '1' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(text.trim()))
        : reject(new Error(`a process ended with ${code}`)),
    );
  });
}

function dataOption() {
  const at = process.argv.indexOf('--data');
  return at < 0 ? [] : process.argv.slice(at, at + 2);
}
