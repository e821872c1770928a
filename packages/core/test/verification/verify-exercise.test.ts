import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Bands,
  dataDigests,
  excerptRecipe,
  makeManifest,
  type Manifest,
  ManifestSchema,
  manifestText,
  planTraining,
  sealBands,
  verifyManifest,
  createOracleKernels,
  type Dataset,
  type Kernels,
  measureBands,
  overallVerdict,
  prefixRecipe,
  type Recipe,
  runTrial,
  type TrialResult,
  verifyExercise,
} from '../../src/index.ts';
import { sealManifest } from '../../src/manifests/manifest.ts';
import type { MeasuredExercise } from '../../src/verification/verify-exercise.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const dataset = syntheticDataset(160, 120);
const recipe = syntheticRecipe({
  epochs: 6,
  optimizer: { class_name: 'Adadelta', learning_rate: 1, rho: 0.95, epsilon: 1e-7, decay: 0 },
});

type Train = (
  recipe: Recipe,
  seeds: readonly number[],
  how?: { readonly landmarks: boolean },
) => Promise<TrialResult[]>;

const FILES = { bands: 'bands/synthetic.json', manifest: 'manifests/synthetic.json' };

/** Real training on the oracle, with whatever is sabotaged. */
function trainWith(kernels: () => Kernels = createOracleKernels, data: Dataset = dataset): Train {
  return async (trained, seeds, how) => {
    const results: TrialResult[] = [];
    for (const seed of seeds) {
      const plan = planTraining(trained, data);
      const trial = { kernels: kernels(), plan, dataset: data, seed, now: () => 0, ...how };
      results.push({ ...(await runTrial(trial)).result, cached: false });
    }
    return results;
  };
}

/** An engine that sums matrix products from the last term to the first: the same mathematics, other bits. */
function reversedSums(): Kernels {
  const kernels = createOracleKernels();
  return {
    ...kernels,
    matmul(a, b, c, m, k, n) {
      const [left, right] = [kernels.f32(a, m * k), kernels.f32(b, k * n)];
      const product = kernels.f32(c, m * n);
      for (let row = 0; row < m; row += 1) {
        for (let column = 0; column < n; column += 1) {
          let sum = 0;
          for (let term = k - 1; term >= 0; term -= 1) {
            const factor = left[row * k + term] ?? 0;
            sum = Math.fround(sum + Math.fround(factor * (right[term * n + column] ?? 0)));
          }
          product[row * n + column] = sum;
        }
      }
    },
  };
}

describe('verifyExercise', () => {
  let bands: Bands;
  let manifest: Manifest;

  beforeAll(async () => {
    const trials = await trainWith()(recipe, [1, 2, 3, 4, 5, 6]);
    const [prefix] = await trainWith()(prefixRecipe(recipe), [1]);
    bands = measureBands({
      exercise: 'synthetic',
      recipe,
      dataset,
      trials,
      length: 'full',
      environment: {},
      ...(prefix === undefined ? {} : { prefix }),
    });
    const cut = excerptRecipe(recipe);
    const [trial] = await trainWith()(cut, [1], { landmarks: true });
    if (trial === undefined) throw new Error('no excerpt');
    manifest = makeManifest({
      lab: 'test',
      exercise: 'synthetic',
      recipe,
      dataset,
      engine: 'oracle',
      environment: {},
      trials,
      excerpt: { recipe: cut, trial },
    });
  });

  function verify(
    options: {
      recipe?: Recipe;
      train?: Train;
      full?: boolean;
      data?: Dataset;
      bands?: Bands | null;
      manifest?: Manifest | null;
    } = {},
  ): ReturnType<typeof verifyExercise> {
    const exercise: MeasuredExercise = {
      id: 'synthetic',
      recipe: options.recipe ?? recipe,
      bands: options.bands === undefined ? bands : options.bands,
    };
    return verifyExercise({
      lab: 'test',
      exercise,
      manifest: options.manifest === undefined ? manifest : options.manifest,
      data: dataDigests(options.data ?? dataset),
      files: FILES,
      full: options.full ?? false,
      freshSeed: 1000,
      train: options.train ?? trainWith(),
    });
  }

  it('finds everything in order, the quick way and in full', async () => {
    expect(await verify()).toMatchObject({
      calibration: 'ok',
      identity: 'ok',
      evaluation: 'ok',
      fixedSeeds: 'not-run',
      freshSeeds: 'not-run',
    });
    const full = await verify({ full: true });
    expect(full).toMatchObject({
      calibration: 'ok',
      identity: 'ok',
      evaluation: 'ok',
      fixedSeeds: 'ok',
      freshSeeds: 'ok',
      notCovered: [],
    });
    expect(overallVerdict([full])).toBe('ok');
    expect(full.details.join('\n')).toContain('from seed 1000 on');
  });

  it('catches and names a changed learning rate, in bits and in quality', async () => {
    const slow: Recipe = { ...recipe, optimizer: { ...recipe.optimizer, learning_rate: 0.001 } };
    const quick = await verify({ recipe: slow });
    expect(quick.identity).toBe('drifted');
    expect(quick.details).toContain(
      'the recipe changed since the calibration: optimizer.learning_rate: 1 → 0.001',
    );
    const full = await verify({ recipe: slow, full: true });
    expect(full).toMatchObject({
      identity: 'drifted',
      fixedSeeds: 'drifted',
      freshSeeds: 'drifted',
    });
  });

  it('catches and names a swapped preprocessing', async () => {
    const swapped = await verify({ recipe: { ...recipe, inputScale: 'raw' } });
    expect(swapped.identity).toBe('drifted');
    expect(swapped.details.join('\n')).toContain('inputScale: "1/255" → "raw"');
  });

  it('catches and names a dropped dropout layer', async () => {
    const layers = recipe.model.layers.filter(({ class_name: name }) => name !== 'Dropout');
    const dropped = await verify({ recipe: { ...recipe, model: { ...recipe.model, layers } } });
    expect(dropped.identity).toBe('drifted');
    expect(dropped.details.join('\n')).toContain('Dense, Dropout, Dense → Dense, Dense');
  });

  it('catches a changed order of sums, which leaves the quality as it was', async () => {
    const quick = await verify({ train: trainWith(reversedSums) });
    expect(quick.identity).toBe('drifted');
    const full = await verify({ train: trainWith(reversedSums), full: true });
    expect(full).toMatchObject({ identity: 'drifted', fixedSeeds: 'ok', freshSeeds: 'ok' });
  });

  it('catches data that are not those of the calibration', async () => {
    const images = dataset.train.images.slice();
    images[5] = (images[5] ?? 0) ^ 0x80;
    const damaged = { ...dataset, train: { ...dataset.train, images }, digest: 'another' };
    const result = await verify({
      train: trainWith(createOracleKernels, damaged),
      data: damaged,
    });
    expect(result).toMatchObject({ calibration: 'drifted', identity: 'drifted' });
    expect(result.details).toContain('the training images are not those of the calibration');
    expect(result.details.join('\n')).toContain(
      `the data are not those of the calibration: their digest is another instead of ${dataset.digest.slice(0, 16)}`,
    );
  });

  it('catches class names in reversed order, which change no digest', async () => {
    const classes = dataset.classes.toReversed();
    const last = dataset.classes.length - 1;
    const text = `the class names stand in reversed order since the calibration: 0: ${dataset.classes[0]} → ${dataset.classes[last]}`;
    for (const full of [false, true]) {
      const result = await verify({ data: { ...dataset, classes }, full });
      expect(result.identity).toBe('drifted');
      expect(result.details.join('\n')).toContain(text);
    }
    const [first = '', ...others] = dataset.classes;
    const renamed = await verify({ data: { ...dataset, classes: [`${first}?`, ...others] } });
    expect(renamed.details.join('\n')).toContain(`changed since the calibration: 0: ${first} →`);
    // Bands of former versions do not say what the labels were called.
    const { classes: _, checksum: __, ...older } = bands;
    const data = { ...dataset, classes };
    expect((await verify({ data, bands: older, manifest: null })).identity).toBe('ok');
  });

  it('says what is not covered where nothing was signed off, and is not ok then', async () => {
    const quick = await verify({ manifest: null });
    expect(quick).toMatchObject({ calibration: 'ok', identity: 'ok', evaluation: 'not-run' });
    expect(quick.notCovered.join()).toContain('calibrate --sign-off');
    expect(overallVerdict([quick])).toBe('not-run');
    const full = await verify({ manifest: null, full: true });
    expect(full).toMatchObject({ identity: 'ok', evaluation: 'ok', freshSeeds: 'ok' });
    expect(full.details.join('\n')).toContain('seeds 1, 2, 4 were not signed off');
  });

  it('names the file of an edited pass mark, of a flipped digest and of a changed history', async () => {
    const lowered = { ...bands.test.accuracyLower, value: 0.1 };
    const edited = { ...bands, test: { ...bands.test, accuracyLower: lowered } };
    // Even where whoever edits it mends the checksum.
    for (const other of [edited, sealBands(edited)]) {
      const result = await verify({ bands: other });
      expect(result.calibration).toBe('drifted');
      expect(result.details.join('\n')).toContain(
        'bands/synthetic.json was changed: test.accuracyLower.value: 0.1 → ',
      );
      expect(overallVerdict([result])).toBe('drifted');
    }
    const [first, ...others] = manifest.trials;
    if (first === undefined) throw new Error('no trial');
    const history = first.history.map((epoch) => ({ ...epoch, valLoss: 0.5 }));
    const changed = { ...manifest, trials: [{ ...first, history }, ...others] };
    const result = await verify({ manifest: changed });
    expect(result.details.join('\n')).toContain('manifests/synthetic.json was changed');
    expect(result.details.join('\n')).toContain('disagree: epochs[0].valLoss.');
  });

  it('computes a manifest again whole, and says what an edited one has otherwise', async () => {
    const again = (signed: Manifest): ReturnType<typeof verifyManifest> =>
      verifyManifest(signed, { data: dataDigests(dataset), train: trainWith() });
    expect(ManifestSchema.parse(JSON.parse(manifestText(manifest)))).toEqual(manifest);
    expect(await again(manifest)).toMatchObject({ verdict: 'ok', seeds: [1, 2, 3, 4, 5, 6] });
    const [first, ...others] = manifest.trials;
    if (first === undefined) throw new Error('no trial');
    const better = { ...first, test: { ...first.test, accuracy: 1 } };
    const { checksum: _, ...content } = { ...manifest, trials: [better, ...others] };
    const resealed = await again(sealManifest(content));
    expect(resealed.verdict).toBe('drifted');
    expect(resealed.details).toEqual([
      `seed 1 gives test accuracy ${first.test.accuracy} instead of 1`,
    ]);
  });

  it('says broken, with the reason, when training fails, and not-run without bands', async () => {
    const failing = await verify({ train: () => Promise.reject(new Error('no memory')) });
    expect(failing.identity).toBe('broken');
    expect(failing.details.join('\n')).toContain('no memory');
    expect(overallVerdict([failing])).toBe('broken');
    const uncalibrated = await verify({ bands: null, manifest: null });
    expect(overallVerdict([uncalibrated])).toBe('not-run');
    expect(uncalibrated.details.join('\n')).toContain('calibrate');
  });

  it('misses bands that are gone, and a checksum that was taken out', async () => {
    const gone = await verify({ bands: null });
    expect(gone).toMatchObject({ calibration: 'drifted', cause: gone.details[0] });
    expect(gone.cause).toBe(
      'manifests/synthetic.json signs off a calibration, and bands/synthetic.json is gone',
    );
    const { checksum: _, ...unsealed } = bands;
    const opened = await verify({ bands: unsealed });
    expect(opened.cause).toContain('bands/synthetic.json was changed: it has no checksum');
  });

  it('says where a training parted that did not come to its end', async () => {
    const infinite = (): Kernels => {
      const kernels = createOracleKernels();
      return {
        ...kernels,
        biasGradient: (_, db, __, columns) => void kernels.f32(db, columns).fill(Infinity),
      };
    };
    const stopped = await verify({ train: trainWith(infinite) });
    expect(stopped).toMatchObject({
      identity: 'broken',
      evaluation: 'not-run',
      parting: { at: 'step 1 of epoch 1: gradient of hidden/bias', kind: 'gradient' },
    });
    expect(stopped.cause).toContain('what lives there: gradient');
    expect(stopped.details.join('\n')).toMatch(
      /the excerpt of seed 1 stopped: .* no longer a finite|no finite/u,
    );
  });
});
