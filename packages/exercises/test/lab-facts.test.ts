import { planModel } from '@labproof/core';
import { type Lab, questionPoints } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { findExercise, Labs } from '../src/index.ts';

const labs = new Labs();

/** Parameters of every exercise, as the documents print them or as counted by hand. */
const PARAMETERS = {
  'image-recognition': {
    'mnist-mlp-linear': 203_530,
    'mnist-mlp-relu': 203_530,
    'mnist-cnn': 1_199_882,
    'mnist-cnn-dropout': 1_199_882,
    'cifar10-cnn': 624_106,
  },
  'keras-cnn-workbook': { 'mnist-cnn-5x5': 3_199_106, 'mnist-cnn-2x2': 3_156_098 },
  'deep-networks-and-convolution': {
    'mnist-mlp-sgd-5': 25_450,
    'mnist-mlp-sgd-20': 25_450,
    'mnist-mlp-sgd-slow': 25_450,
    'mnist-mlp-adam': 25_450,
    'mnist-mlp-softmax': 25_450,
    'mnist-mlp-hidden-2': 1600,
    'mnist-mlp-hidden-4': 3190,
    'mnist-mlp-hidden-8': 6370,
    'mnist-mlp-hidden-16': 12_730,
    'mnist-mlp-hidden-32': 25_450,
    'mnist-mlp-hidden-64': 50_890,
    'mnist-mlp-hidden-128': 101_770,
    'mnist-mlp-hidden-256': 203_530,
    'mnist-open': 235_146,
    'cifar10-mlp-32': 98_666,
    'cifar10-mlp-256': 789_258,
    'cifar10-cnn': 122_570,
    'cifar10-open': 188_810,
  },
  'keras-tutorial': {
    'mnist-mlp-512': 932_362,
    'mnist-mlp-512-adam': 932_362,
    'mnist-cnn': 225_162,
    'cifar10-cnn-augmented': 1_250_858,
    'mnist-design': 12_810,
  },
} as const;

const POINTS = {
  'keras-cnn-workbook': [4, 2, 3, 2, 3],
  'deep-networks-and-convolution': [1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
  'keras-tutorial': [2, 5, 3, 3, 5, 2, 5, 5],
} as const;

describe.each(Object.entries(PARAMETERS))('%s', (id, expected) => {
  it('has networks of exactly these sizes', () => {
    const sizes = labs
      .find(id)
      .exercises.map((exercise) => [exercise.id, planModel(exercise.recipe.model).parameters]);
    expect(Object.fromEntries(sizes)).toEqual(expected);
  });
});

describe.each(Object.entries(POINTS))('%s', (id, expected) => {
  it('asks its questions for these points', () => {
    const { questions } = labs.find(id);
    expect(questions.map((question) => [question.id, question.number])).toEqual(
      expected.map((_, index) => [`q${index + 1}`, index + 1]),
    );
    expect(questions.map(questionPoints)).toEqual(expected);
  });
});

describe('deep-networks-and-convolution', () => {
  const lab = labs.find('deep-networks-and-convolution');
  const recipeOf = (id: string) => findExercise(lab, id).recipe;

  it('changes one thing at a time in questions 1 to 4', () => {
    const short = recipeOf('mnist-mlp-sgd-5');
    const long = recipeOf('mnist-mlp-sgd-20');
    const slow = recipeOf('mnist-mlp-sgd-slow');
    const adam = recipeOf('mnist-mlp-adam');
    expect({ ...short, epochs: 20, model: long.model }).toEqual(long);
    expect({ ...slow, optimizer: long.optimizer, model: long.model }).toEqual(long);
    expect({ ...adam, optimizer: long.optimizer, model: long.model }).toEqual(long);
    expect([short, long, slow, adam].map(({ model }) => model.layers)).toEqual(
      Array.from({ length: 4 }, () => short.model.layers),
    );
    expect(long.optimizer).toMatchObject({ class_name: 'SGD', learning_rate: 0.1, momentum: 0 });
    expect(slow.optimizer).toMatchObject({ class_name: 'SGD', learning_rate: 0.01 });
    expect(long).toMatchObject({ loss: 'mean_squared_error', batchSize: 32 });
    expect(long.model.layers.at(-1)?.config['activation']).toBe('relu');
  });

  it('is trained as the assignment says', () => {
    for (const { recipe } of lab.exercises) {
      expect(recipe).toMatchObject({ batchSize: 32, validation: { from: 'test' }, shuffle: true });
    }
  });
});

describe('keras-tutorial', () => {
  it('augments the photographs, and nothing else', () => {
    const augmented = labs
      .find('keras-tutorial')
      .exercises.filter(({ recipe }) => recipe.augmentation !== undefined);
    expect(augmented.map(({ id }) => id)).toEqual(['cifar10-cnn-augmented']);
    expect(augmented[0]?.recipe.augmentation).toEqual({
      widthShiftRange: 0.1,
      heightShiftRange: 0.1,
      horizontalFlip: true,
    });
  });
});

describe('keras-cnn-workbook', () => {
  const lab = labs.find('keras-cnn-workbook');

  it('names the contradiction, with both counts, in its handout', () => {
    expect(lab.introduction).toContain('contradicts itself');
    for (const count of ['3,199,106', '3,156,098']) expect(lab.introduction).toContain(count);
  });

  it('takes either reading for every question', () => {
    for (const { exercise, alternatives } of lab.questions) {
      expect([exercise, ...(alternatives ?? [])].toSorted()).toEqual([
        'mnist-cnn-2x2',
        'mnist-cnn-5x5',
      ]);
    }
  });
});

describe('the handouts', () => {
  const all: Lab[] = Object.keys(PARAMETERS).map((id) => labs.find(id));

  it.each(all.map((lab) => [lab.id, lab] as const))(
    '%s names every model it asks for',
    (_, lab) => {
      const asked = lab.questions.filter(({ checks }) =>
        checks.some(({ kind }) => ['architecture', 'metric-in-band'].includes(kind)),
      );
      expect(asked.length).toBeGreaterThan(0);
      for (const { exercise } of asked)
        expect(lab.introduction).toContain(`\`models/${exercise}\``);
    },
  );
});
