// Whether a GPU's bits are the oracle's, and those that are stored in the labs.
import fc from 'fast-check';
import { createOracleKernels, prefixRecipe, weightsDigest } from '@labproof/core';
import { openCuda } from '../../packages/core/src/engines/cuda/open.ts';
import { tilesOf } from '../../packages/core/src/engines/cuda/entries.ts';
import { KERNEL_NAMES } from '../../packages/core/src/engines/signatures.ts';
import { LARGE_CONVOLUTIONS } from '../../packages/core/test/engines/geometries.ts';
import { bitsAfter, callsOf, sameBytes } from '../../packages/core/test/engines/kernel-calls.ts';
import { allExercises, trialsOnGpu } from './engine.mjs';

const PRODUCTS = new Set([
  'matmul',
  'matmulInputGradient',
  'matmulWeightGradient',
  'conv2d',
  'conv2dInputGradient',
  'conv2dFilterGradient',
]);

export async function checkKernels({ tell, runs }) {
  const engine = await openCuda();
  const { name, driverVersion, major, minor } = engine.device;
  tell({
    part: 'device',
    ...engine.device,
    handle: null,
    text: `${name}, sm_${major}${minor}, CUDA ${driverVersion}; the self-test finds no difference`,
  });
  const kernels = engine.createKernels(1);
  const oracle = createOracleKernels();
  let calls = 0;
  const different = [];
  const same = (kernel, call) => {
    calls += 1;
    const actual = bitsAfter(kernels, kernel, call);
    const expected = bitsAfter(oracle, kernel, call);
    return (
      actual.result === expected.result &&
      actual.arrays.every((array, index) => sameBytes(array, expected.arrays[index]))
    );
  };
  const hold = (kernel, what, check) => {
    try {
      check();
    } catch (error) {
      different.push(`${kernel} ${what}`);
      tell({
        part: 'kernels',
        kernel,
        failed: true,
        text: `${kernel} ${what} differs: ${String(error.message).slice(0, 600)}`,
      });
    }
  };
  for (const kernel of KERNEL_NAMES) {
    hold(kernel, '', () =>
      fc.assert(
        fc.property(callsOf(kernel), (call) => same(kernel, call)),
        { numRuns: runs, seed: 2 },
      ),
    );
    for (const tile of PRODUCTS.has(kernel) ? tilesOf(kernel) : []) {
      kernels.launcher.tile = tile;
      hold(kernel, `with tile ${tile}`, () =>
        fc.assert(
          fc.property(callsOf(kernel), (call) => same(kernel, call)),
          { numRuns: Math.ceil(runs / 4), seed: 3 },
        ),
      );
      kernels.launcher.tile = null;
    }
  }
  for (const [title, numbers] of LARGE_CONVOLUTIONS) {
    for (const kernel of ['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient']) {
      const call = { numbers, flavours: ['plain'], seed: 7, shift: 0, shared: null };
      hold(kernel, title, () => {
        if (!same(kernel, call)) throw new Error('other bits');
      });
    }
  }
  kernels.release();
  tell({
    part: 'kernels',
    calls,
    different,
    text: `${calls} calls of ${KERNEL_NAMES.length} kernels: ${different.length === 0 ? 'every bit is the oracle’s' : `${different.length} DIFFER`}`,
  });
}

async function digestOf(recipe, dataset, seeds) {
  const trials = await trialsOnGpu(recipe, dataset, seeds);
  while (!trials.trainers[0].finished) trials.runEpoch();
  const results = trials.trainers.map((trainer) => ({
    digest: weightsDigest(trainer.weights()),
    test: trainer.test(),
  }));
  trials.release();
  return results;
}

export async function checkDigests({ data, tell }) {
  for (const { lab, exercise } of allExercises()) {
    const stored = exercise.bands?.prefix;
    const recipe = prefixRecipe(exercise.recipe);
    const { dataset, real } = await data.load(recipe.dataset);
    if (stored === undefined || real[0] < recipe.trainLimit) {
      tell({
        part: 'digests',
        lab,
        exercise: exercise.id,
        skipped: true,
        text: `${lab}/${exercise.id}: nothing stored, or no data`,
      });
      continue;
    }
    const [{ digest }] = await digestOf(recipe, dataset, [stored.seed]);
    const equal = digest === stored.digest;
    tell({
      part: 'digests',
      lab,
      exercise: exercise.id,
      digest,
      equal,
      text: `${digest} ${lab}/${exercise.id} ${equal ? 'as stored' : `DIFFERS from ${stored.digest}`}`,
    });
  }
}

export async function checkSeeds({ data, tell, labs, trials }) {
  for (const { lab, exercise } of allExercises()) {
    const { recipe, bands } = exercise;
    if (bands === null || !labs.includes(lab)) continue;
    const { dataset, real } = await data.load(recipe.dataset);
    const trained =
      recipe.validation.from === 'split'
        ? Math.trunc(dataset.train.count * (1 - recipe.validation.share))
        : dataset.train.count;
    if (real[0] < trained) continue;
    const tested = real[1] === dataset.test.count;
    const stored = bands.trials.slice(0, trials);
    const start = performance.now();
    const results = await digestOf(
      recipe,
      dataset,
      stored.map(({ seed }) => seed),
    );
    const seconds = (performance.now() - start) / 1000;
    const different = stored.filter((expected, index) => {
      const { digest, test } = results[index];
      const metrics = test.loss === expected.loss && test.accuracy === expected.accuracy;
      return digest !== expected.digest || (tested && !metrics);
    });
    const what = tested ? 'digest, test loss and test accuracy' : 'digest';
    tell({
      part: 'seeds',
      lab,
      exercise: exercise.id,
      digests: results.map(({ digest }) => digest),
      different: different.map(({ seed }) => seed),
      seconds,
      text: `${lab}/${exercise.id}, ${stored.length} seeds of ${recipe.epochs} epochs in ${seconds.toFixed(1)} s: ${different.length === 0 ? `every ${what} as stored` : `seeds ${different.map(({ seed }) => seed).join(', ')} DIFFER`}`,
    });
  }
}
