import {
  ARITHMETIC_VERSION,
  BandsSchema,
  findDataset,
  loadDataset,
  planModel,
  questionPoints,
  recipeHash,
} from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { findExercise, findLab, listLabs } from '../src/index.ts';

describe('image-recognition', () => {
  const lab = findLab('image-recognition');

  it('has the two networks of the handout, with their published parameter count', () => {
    expect(lab.exercises.map(({ id }) => id)).toEqual(['mnist-mlp-linear', 'mnist-mlp-relu']);
    for (const { recipe } of lab.exercises) {
      expect(planModel(recipe.model).layers.map((layer) => layer.parameters)).toEqual([
        200_960, 2570,
      ]);
    }
  });

  it('has exercises that differ in the hidden activation alone', () => {
    const [linear, relu] = lab.exercises.map(({ recipe }) =>
      JSON.stringify(recipe).replaceAll(/mnist_mlp_\w+/g, ''),
    );
    expect(linear?.replace('"activation":"linear"', '"activation":"relu"')).toBe(relu);
    expect(linear).not.toBe(relu);
  });

  it('asks ten questions for 21 points', () => {
    expect(lab.questions.map(({ id, number }) => [id, number])).toEqual(
      Array.from({ length: 10 }, (_, index) => [`q${index + 1}`, index + 1]),
    );
    expect(lab.questions.map(questionPoints)).toEqual([1, 1, 1, 2, 4, 2, 2, 1, 2, 5]);
  });
});

describe('every lab', () => {
  it('can be found by its id', () => {
    for (const lab of listLabs()) expect(findLab(lab.id)).toBe(lab);
  });

  it('carries only bands that were measured with its present recipes, data and arithmetic', async () => {
    const exercises = listLabs().flatMap((lab) => lab.exercises);
    for (const { id, recipe, bands } of exercises) {
      expect(findDataset(recipe.dataset).id).toBe(recipe.dataset);
      if (bands === null) continue;
      const { digest } = await loadDataset(recipe.dataset);
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
});

describe('a name that does not exist', () => {
  it.each([
    ['image-recogniton', /Did you mean "image-recognition"\?/],
    ['Image-Recognition', /Did you mean "image-recognition"\?/],
    ['quantum-gravity', /Name one of these: image-recognition/],
    ['__proto__', /Name one of these/],
  ])('%s is an error of the instructor with a way out', (id, fix) => {
    expect(() => findLab(id)).toThrow(
      expect.objectContaining({
        code: 'lab-unknown',
        owner: 'instructor',
        message: `There is no lab "${id}".`,
        fix: expect.stringMatching(fix),
      }),
    );
  });

  it('is suggested for exercises, too', () => {
    const lab = findLab('image-recognition');
    expect(findExercise(lab, 'mnist-mlp-relu').id).toBe('mnist-mlp-relu');
    expect(() => findExercise(lab, 'mnist-mlp-rleu')).toThrow(
      expect.objectContaining({
        code: 'exercise-unknown',
        fix: expect.stringContaining('Did you mean "mnist-mlp-relu"?'),
      }),
    );
  });
});
