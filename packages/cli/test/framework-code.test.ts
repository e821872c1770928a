import { planModel } from '@labproof/core';
import { Labs } from '@labproof/exercises';
import { type Exercise, ExerciseSchema, recipeCode } from '@labproof/lab';
import { comparePlans, readKerasCode, torchCode } from '@labproof/submission';
import { describe, expect, it } from 'vitest';

const exercises = new Labs()
  .list()
  .flatMap((lab) =>
    lab.exercises.map((exercise) => [`${lab.id}/${exercise.id}`, exercise] as const),
  );

function program(exercise: Exercise, framework: 'keras' | 'pytorch'): string {
  const { imports, data, network, settings, training, saving } = recipeCode(exercise, framework);
  return [imports, data, network ?? '', settings, training, saving].join('\n\n');
}

/** An exercise like another one, but for its recipe. */
function changed(exercise: Exercise, recipe: Partial<Exercise['recipe']>): Exercise {
  return ExerciseSchema.parse({
    ...exercise,
    bands: null,
    recipe: { ...exercise.recipe, ...recipe },
  });
}

/** Weights of the modules that have any, as `nn.Linear` and `nn.Conv2d` make them. */
function parametersOf(
  layers: readonly { className: string; options: Record<string, unknown> }[],
): number {
  return layers.reduce((sum, { className, options }) => {
    const number = (name: string): number => Number(options[name]);
    if (className === 'Linear') return sum + (number('in_features') + 1) * number('out_features');
    if (className !== 'Conv2d') return sum;
    const size = [options['kernel_size']].flat().map(Number);
    const area = size.length === 1 ? (size[0] ?? 0) ** 2 : (size[0] ?? 0) * (size[1] ?? 0);
    return sum + (number('in_channels') * area + 1) * number('out_channels');
  }, 0);
}

describe.each(exercises)('the code of %s', (_, exercise) => {
  const { recipe } = exercise;

  it('in Keras is read back as the same network and training', () => {
    const models = readKerasCode(program(exercise, 'keras'), 'python');
    expect(models).toHaveLength(1);
    const [read] = models;
    if (read?.model == null) throw new RangeError('no network was read');
    expect(comparePlans(planModel(recipe.model), planModel(read.model))).toEqual([]);
    expect(read.optimizer?.className).toBe(recipe.optimizer.class_name);
    expect(read.loss).toBe(recipe.loss);
    expect(read.fits.at(-1)?.epochs).toBe(recipe.epochs);
  });

  it('in PyTorch is read back as a network of the same weights, trained in the same way', () => {
    const code = torchCode([{ text: program(exercise, 'pytorch'), exercise: exercise.id }])();
    const [network, ...others] = code.networks;
    expect(others).toEqual([]);
    expect(network?.notUnderstood).toBeNull();
    expect(parametersOf((network?.layers ?? []) as never)).toBe(planModel(recipe.model).parameters);
    expect(code.normalizations).toEqual([]);
    const training = code.trainingFor(exercise.id);
    expect(training).toMatchObject({
      epochs: recipe.epochs,
      batchSize: recipe.batchSize,
      shuffle: true,
    });
    expect(training?.loss).toBe(recipe.loss.replace(/^sparse_/u, ''));
    expect(training?.optimizer?.className).toBe(recipe.optimizer.class_name);
    expect(training?.optimizer?.options['learning_rate']).toBe(recipe.optimizer.learning_rate);
    if ('epsilon' in recipe.optimizer) {
      expect(training?.optimizer?.options['epsilon']).toBe(recipe.optimizer.epsilon);
    }
    // A rate that falls with every batch is no schedule of a recipe's that could be trained again.
    // Nor are images that are drawn anew in every epoch.
    expect(training?.notUnderstood).toEqual([
      ...(recipe.augmentation === undefined
        ? []
        : ['images that are changed at random (RandomCrop, RandomHorizontalFlip)']),
      ...(recipe.optimizer.decay === 0 ? [] : ['LambdaLR, which does not step once an epoch']),
    ]);
  });
});

describe('what PyTorch has not, or has otherwise', () => {
  const [, base] = exercises.find(([name]) => name === 'image-recognition/mnist-cnn') ?? [];
  if (base === undefined) throw new RangeError('no exercise');
  const withLayers = (layers: readonly object[]): Exercise =>
    changed(base, {
      model: {
        name: 'changed',
        layers: [
          {
            class_name: 'Conv2D',
            config: { filters: 4, kernel_size: [3, 3], batch_input_shape: [null, 28, 28, 1] },
          },
          ...layers,
          { class_name: 'Flatten', config: {} },
          { class_name: 'Dense', config: { units: 10, activation: 'softmax' } },
        ] as Exercise['recipe']['model']['layers'],
      },
    });
  const pool = { class_name: 'MaxPooling2D', config: { pool_size: [3, 3], padding: 'same' } };

  it.each([
    [
      'an even kernel that keeps the size',
      { class_name: 'Conv2D', config: { filters: 8, kernel_size: [2, 2], padding: 'same' } },
      'nn.Conv2d(4, 8, 2, padding="same")',
    ],
    [
      'strides that keep the size',
      {
        class_name: 'Conv2D',
        config: { filters: 8, kernel_size: [3, 3], strides: [2, 2], padding: 'same' },
      },
      'nn.ZeroPad2d((0, 1, 0, 1)),\n    nn.Conv2d(4, 8, 3, stride=2)',
    ],
    [
      'a last window that is not full',
      { class_name: 'MaxPooling2D', config: { pool_size: [3, 3], padding: 'same' } },
      'nn.MaxPool2d(3, ceil_mode=True)',
    ],
    [
      'a batch normalisation',
      { class_name: 'BatchNormalization', config: {} },
      'nn.BatchNorm2d(4, eps=0.001, momentum=0.01)',
    ],
    [
      'a mean over the image',
      { class_name: 'GlobalAveragePooling2D', config: {} },
      'nn.AdaptiveAvgPool2d(1),\n    nn.Flatten()',
    ],
    ['a slope of Keras', { class_name: 'LeakyReLU', config: {} }, 'nn.LeakyReLU(0.3)'],
  ])('says %s in its own words', (_, layer, written) => {
    // 26 × 26 after the first convolution; 3 × 3 windows leave two columns over, and Keras adds one.
    expect(recipeCode(withLayers([layer]), 'pytorch').network).toContain(written);
  });

  it('names a layer that it does not have, and leaves it to the reader', () => {
    const { network, leftOut } = recipeCode(
      withLayers([{ ...pool, config: { ...pool.config, strides: [1, 1] } }]),
      'pytorch',
    );
    expect([network, leftOut]).toEqual([
      null,
      ['PyTorch has no line for a pooling with padding before the image; build it yourself.'],
    ]);
  });

  it('lets the rate fall as the recipe does', () => {
    const lines = (recipe: Partial<Exercise['recipe']>): string => {
      const { settings, training } = recipeCode(changed(base, recipe), 'pytorch');
      return `${settings}\n${training}`;
    };
    expect(lines({ schedule: { kind: 'step', factor: 0.5, everyEpochs: 3 } })).toMatch(
      /StepLR\(optimizer, step_size=3, gamma=0.5\)[^]*\n {4}scheduler.step\(\)/u,
    );
    const plateau = {
      monitor: 'val_accuracy',
      factor: 0.1,
      patience: 4,
      minDelta: 0.01,
      cooldown: 0,
      minLearningRate: 0,
    } as const;
    expect(lines({ reduceOnPlateau: plateau })).toMatch(
      /mode="max", factor=0.1, patience=3, threshold=0.01|mode="max",\n[^]*patience=3,/u,
    );
    expect(lines({ reduceOnPlateau: plateau })).toContain('    scheduler.step(row[3])');
  });

  it('says what is not in the code', () => {
    const { leftOut } = recipeCode(
      changed(base, {
        classWeight: [1, 2, 1, 1, 1, 1, 1, 1, 1, 1],
        earlyStopping: { monitor: 'val_loss', patience: 2, minDelta: 0, restoreBestWeights: true },
      }),
      'pytorch',
    );
    expect(leftOut).toHaveLength(2);
    expect(leftOut.join(' ')).toMatch(/Classes weigh 1, 2,[^]*Training stops when val_loss/u);
  });

  it('never lets a word of a lab out of its comment', () => {
    const { data } = recipeCode(changed(base, { dataset: 'own"\nimport os #' }), 'pytorch');
    expect(data).not.toContain('\nimport');
    expect(recipeCode(changed(base, { dataset: 'own\nimport os' }), 'keras').data).not.toContain(
      '\nimport',
    );
  });
});
