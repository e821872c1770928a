import { type Loss, type Recipe } from '@labproof/core';
import type { Exercise } from '../../exercise.ts';
import type { RecipeCode } from '../code-pieces.ts';
import { classesOf, labelsAreOneHot } from '../targets.ts';
import { call, comment, literal, named } from '../python.ts';
import { kerasFit } from './keras-fit.ts';
import { kerasNetwork } from './keras-layers.ts';
import { kerasOptimizer, leftOutOfOptimizer } from './keras-optimizer.ts';

/** A recipe in Keras for Python; every line is one that Keras 2.15 and Keras 3 take. */
export function kerasCode({ id, recipe }: Exercise): RecipeCode {
  const fit = kerasFit(recipe);
  return {
    imports: [
      'import csv',
      'import os',
      '',
      ...(recipe.augmentation === undefined
        ? []
        : ['from tensorflow.keras.preprocessing.image import ImageDataGenerator']),
      'import keras',
      'from keras import layers',
    ].join('\n'),
    data: kerasData(recipe),
    network: kerasNetwork(recipe),
    settings: [
      ...fit.before,
      call('model.compile', [
        `optimizer=${kerasOptimizer(recipe).replaceAll('\n', '\n    ')}`,
        `loss=${kerasLoss(recipe)}`,
        'metrics=["accuracy"]',
      ]),
      `history = ${call('model.fit', fit.given)}`,
    ].join('\n'),
    training: '',
    saving: kerasSaving(id, recipe),
    leftOut: [
      ...leftOutOfOptimizer(recipe.optimizer),
      ...fit.leftOut,
      ...(recipe.semantics === undefined
        ? []
        : [
            'The recipe means the formulas of PyTorch, whose optimisers and initial weights differ.',
          ]),
    ],
  };
}

function kerasData(recipe: Recipe): string {
  const { dataset, inputShape, inputScale, trainLimit } = recipe;
  const scale = inputScale === '1/255' ? ' / 255' : '.astype("float32")';
  const shape = `.reshape(-1, ${inputShape.join(', ')})`;
  const limit = trainLimit === null ? '' : `[:${trainLimit}]`;
  return [
    dataset === 'mnist' || dataset === 'cifar10'
      ? `(x_train, y_train), (x_test, y_test) = keras.datasets.${dataset}.load_data()`
      : comment(
          `Load "${dataset}" here: x_train, x_test of bytes from 0 to 255; y_train, y_test of labels from 0.`,
        ),
    ...(limit === '' ? [] : [`x_train, y_train = x_train${limit}, y_train${limit}`]),
    `x_train = x_train${shape}${scale}`,
    `x_test = x_test${shape}${scale}`,
    ...(labelsAreOneHot(recipe.loss)
      ? [
          `y_train = keras.utils.to_categorical(y_train, ${classesOf(recipe)})`,
          `y_test = keras.utils.to_categorical(y_test, ${classesOf(recipe)})`,
        ]
      : []),
  ].join('\n');
}

const SMOOTHING: Partial<Record<Loss, string>> = {
  categorical_crossentropy: 'CategoricalCrossentropy',
  binary_crossentropy: 'BinaryCrossentropy',
};

function kerasLoss({ loss, labelSmoothing }: Recipe): string {
  const name = SMOOTHING[loss];
  return labelSmoothing === undefined || name === undefined
    ? literal(loss)
    : call(`keras.losses.${name}`, named({ label_smoothing: labelSmoothing }));
}

function kerasSaving(id: string, { validation }: Recipe): string {
  const names = [
    'loss',
    'accuracy',
    ...(validation.from === 'none' ? [] : ['val_loss', 'val_accuracy']),
  ];
  return [
    'test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)',
    'print(f"Test: loss {test_loss:.4f}, accuracy {test_accuracy:.4f}")',
    '',
    'os.makedirs("models", exist_ok=True)',
    `model.save("models/${id}.keras")`,
    'os.makedirs("histories", exist_ok=True)',
    `names = [${names.map((name) => `"${name}"`).join(', ')}]`,
    `with open("histories/${id}.csv", "w", newline="") as file:`,
    '    table = csv.writer(file)',
    '    table.writerow(["epoch", *names])',
    '    rows = zip(*(history.history[name] for name in names))',
    '    table.writerows([epoch, *values] for epoch, values in enumerate(rows, start=1))',
  ].join('\n');
}
