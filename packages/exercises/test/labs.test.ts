import { readFileSync } from 'node:fs';
import {
  ARITHMETIC_VERSION,
  bandsFaults,
  BandsSchema,
  excerptRecipe,
  hashOf,
  loadDataset,
  ManifestSchema,
  planModel,
  recipeHash,
} from '@labproof/core';
import { questionPoints } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { findExercise, Labs } from '../src/index.ts';
import { checkKinds } from '../../grader/src/checks/registry.ts';

const labs = new Labs(checkKinds);

describe('image-recognition', () => {
  const lab = labs.find('image-recognition');

  it('has the five networks of the handout, with the parameters that the class of 2019 printed', () => {
    const plans = lab.exercises.map(({ id, recipe }) => [id, planModel(recipe.model)] as const);
    expect(plans.map(([id, { parameters }]) => [id, parameters])).toEqual([
      ['mnist-mlp-linear', 203_530],
      ['mnist-mlp-relu', 203_530],
      ['mnist-cnn', 1_199_882],
      ['mnist-cnn-dropout', 1_199_882],
      ['cifar10-cnn', 624_106],
    ]);
    const layers = plans.map(([, plan]) => plan.layers.map(({ parameters }) => parameters));
    expect(layers.map((counts) => counts.filter((count) => count > 0))).toEqual([
      [200_960, 2570],
      [200_960, 2570],
      [320, 18_496, 1_179_776, 1290],
      [320, 18_496, 1_179_776, 1290],
      [896, 9248, 9248, 9248, 590_336, 5130],
    ]);
  });

  it('has perceptrons that differ in the hidden activation alone', () => {
    const [linear, relu] = lab.exercises.map(({ recipe }) =>
      JSON.stringify(recipe).replaceAll(/mnist_mlp_\w+/g, ''),
    );
    expect(linear?.replace('"activation":"linear"', '"activation":"relu"')).toBe(relu);
    expect(linear).not.toBe(relu);
  });

  it('adds nothing but dropout to the convolutions for digits', () => {
    const { recipe: plain } = findExercise(lab, 'mnist-cnn');
    const { recipe: regular } = findExercise(lab, 'mnist-cnn-dropout');
    const dropped = regular.model.layers.filter(({ class_name }) => class_name === 'Dropout');
    expect(dropped.map(({ config }) => config['rate'])).toEqual([0.25, 0.5]);
    const layers = regular.model.layers.filter((layer) => !dropped.includes(layer));
    expect({ ...regular, model: { ...regular.model, name: plain.model.name, layers } }).toEqual(
      plain,
    );
  });

  it('is trained as the class of 2019 did', () => {
    expect(findExercise(lab, 'mnist-cnn').recipe).toMatchObject({
      optimizer: { class_name: 'Adadelta', learning_rate: 1, rho: 0.95 },
      batchSize: 128,
      epochs: 6,
      validation: { from: 'split', share: 0.2 },
    });
    expect(findExercise(lab, 'cifar10-cnn').recipe).toMatchObject({
      optimizer: { class_name: 'RMSprop', learning_rate: 1e-4, decay: 1e-6 },
      batchSize: 32,
      epochs: 20,
      validation: { from: 'test' },
      shuffle: true,
    });
  });

  it('asks 24 questions for 70 points', () => {
    expect(lab.questions.map(({ id, number }) => [id, number])).toEqual(
      Array.from({ length: 24 }, (_, index) => [`q${index + 1}`, index + 1]),
    );
    const points = lab.questions.map(questionPoints);
    expect(points).toEqual([
      ...[1, 1, 1, 2, 4, 2, 2, 1, 2, 5],
      ...[2, 2, 5, 3, 2, 5, 2],
      ...[4, 5, 2, 3],
      ...[5, 4, 5],
    ]);
    expect(points.reduce((sum, value) => sum + value, 0)).toBe(70);
  });

  it('asks for four models, and examines each of them once', () => {
    const models = lab.questions.filter(({ checks }) =>
      checks.some(({ kind }) => kind === 'metric-in-band'),
    );
    expect(models.map(({ exercise }) => exercise)).toEqual([
      'mnist-mlp-linear',
      'mnist-mlp-relu',
      'mnist-cnn',
      'cifar10-cnn',
    ]);
  });
});

describe('every lab', () => {
  it('can be found by its id', () => {
    for (const lab of labs.list()) expect(labs.find(lab.id)).toBe(lab);
  });

  it('carries only bands that were measured with its present recipes, data and arithmetic', async () => {
    const exercises = labs.list().flatMap((lab) => lab.exercises);
    // A dataset is checked against its digest whenever it is loaded; once is enough here.
    const digests = new Map<string, string>();
    for (const id of new Set(exercises.map(({ recipe }) => recipe.dataset))) {
      expect(labs.datasets.find(id).id).toBe(id);
      digests.set(id, (await loadDataset(id)).digest);
    }
    expect(exercises.filter(({ bands }) => bands !== null).length).toBeGreaterThan(12);
    for (const { id, recipe, bands } of exercises) {
      if (bands === null) continue;
      const digest = digests.get(recipe.dataset);
      expect(BandsSchema.parse(bands)).toMatchObject({
        exercise: id,
        length: 'full',
        arithmetic: ARITHMETIC_VERSION,
        recipeHash: recipeHash(recipe),
        dataDigest: digest,
      });
      // Networks for photographs and the one of 40 epochs take hours.
      const long = recipe.dataset === 'cifar10' || recipe.epochs >= 40;
      expect(bands.n).toBeGreaterThanOrEqual(long ? 5 : 10);
    }
  });

  it('has signed off all bands, with an excerpt that a quick night can compare with', () => {
    for (const lab of labs.list()) {
      for (const { id, recipe, bands } of lab.exercises) {
        if (bands === null) continue;
        const text = readFileSync(labs.manifestFile(lab.id, id), 'utf8');
        const { checksum, ...content } = ManifestSchema.parse(JSON.parse(text));
        expect(checksum).toBe(hashOf(content));
        expect(content).toMatchObject({ lab: lab.id, exercise: id, arithmetic: bands.arithmetic });
        expect(content.recipe).toEqual(recipe);
        expect(content.data.digest).toBe(bands.dataDigest);
        const { epochs, trainLimit } = excerptRecipe(recipe);
        expect(content.excerpt).toMatchObject({ epochs, trainLimit });
        expect(content.excerpt?.landmarks.length).toBeGreaterThan(50);
        expect(bandsFaults(bands)).toEqual([]);
        expect(bands.checksum).toBeDefined();
        const digests = new Map(bands.trials.map(({ seed, digest }) => [seed, digest]));
        const others = content.trials.filter(({ seed, digest }) => digests.get(seed) !== digest);
        expect(others).toEqual([]);
      }
    }
  });
});

describe('a name that does not exist', () => {
  it.each([
    ['image-recogniton', /Did you mean "image-recognition"\?/],
    ['Image-Recognition', /Did you mean "image-recognition"\?/],
    ['quantum-gravity', /Name one of these: .*image-recognition/],
    ['__proto__', /Name one of these/],
  ])('%s is an error of the instructor with a way out', (id, fix) => {
    expect(() => labs.find(id)).toThrow(
      expect.objectContaining({
        code: 'lab-unknown',
        owner: 'instructor',
        message: `There is no lab "${id}".`,
        fix: expect.stringMatching(fix),
      }),
    );
  });

  it('is suggested for exercises, too', () => {
    const lab = labs.find('image-recognition');
    expect(findExercise(lab, 'mnist-mlp-relu').id).toBe('mnist-mlp-relu');
    expect(() => findExercise(lab, 'mnist-mlp-rleu')).toThrow(
      expect.objectContaining({
        code: 'exercise-unknown',
        fix: expect.stringContaining('Did you mean "mnist-mlp-relu"?'),
      }),
    );
  });
});
