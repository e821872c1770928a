import {
  type Bands,
  bandsFaults,
  type EngineChoice,
  findKeptSeeds,
  type Manifest,
  sealBands,
  type TrialEngineName,
  type TrialExecutor,
} from '@labproof/core';
import type { ThreadsOfATask } from '@labproof/core/workers';
import type { Exercise, Lab } from '@labproof/lab';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';
import { signOff } from './sign-off.ts';
import { trainRecipe } from './train.ts';

/**
 * Signs off bands that are there, without measuring them anew: the excerpt is trained, and of their trials those that
 * the cache holds are taken and the first `trials` trained. Each has to have the digest that the bands say.
 */
export async function signOffBands(
  context: Context,
  options: {
    lab: Lab;
    exercise: Exercise;
    bands: Bands;
    trials: number;
    engine: TrialEngineName;
    fallback?: EngineChoice;
    jobs?: number;
    threads?: ThreadsOfATask;
    executor?: TrialExecutor;
  },
): Promise<{ bands: Bands; manifest: Manifest }> {
  const { lab, exercise, bands, engine } = options;
  const { recipe } = exercise;
  const faults = bandsFaults(bands);
  if (faults.length > 0) throw notToBeSigned(`${lab.id}/${exercise.id}`, faults);
  const dataset = await loadDatasetWithProgress(context, recipe.dataset);
  const kept = await findKeptSeeds(context.trialCacheDirectory, {
    recipe,
    dataDigest: dataset.digest,
    seeds: bands.seeds,
  });
  const asked = new Set([...bands.seeds.slice(0, options.trials), ...kept]);
  const seeds = bands.seeds.filter((seed) => asked.has(seed));
  const how = {
    engine,
    ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.executor === undefined ? {} : { executor: options.executor }),
  };
  const trained =
    seeds.length === 0
      ? null
      : await trainRecipe(context, { title: exercise.id, recipe, dataset, seeds, ...how });
  const trials = (trained?.trials ?? []).map(({ result }) => result);
  const digests = new Map(bands.trials.map(({ seed, digest }) => [seed, digest]));
  const others = trials.filter(({ seed, digest }) => digests.get(seed) !== digest);
  if (others.length > 0) {
    const named = others.map(({ seed }) => seed).join(', ');
    throw notToBeSigned(`${lab.id}/${exercise.id}`, [`seeds ${named} give other weights now`]);
  }
  const manifest = await signOff(context, {
    lab: lab.id,
    exercise: exercise.id,
    recipe,
    dataset,
    engine: trained?.engine ?? engine,
    trials,
    excerpt: { seed: bands.seeds[0] ?? 1, ...how },
  });
  const { classes = [...dataset.classes], testCount = dataset.test.count } = bands;
  return { bands: sealBands({ ...bands, classes, testCount }), manifest };
}

function notToBeSigned(name: string, faults: readonly string[]): Error {
  return cliError('bands-not-signed-off', {
    message: `The bands of ${name} cannot be signed off: ${faults.join('; ')}.`,
    fix: `Measure them anew: labproof calibrate ${name}.`,
  });
}
