import type { Augmentation, Recipe } from '@labproof/core';
import { call, literal, named } from '../python.ts';

/** What `model.fit` is given, what must be made before it, and what of the recipe it does not say. */
export interface KerasFit {
  readonly before: readonly string[];
  readonly given: readonly string[];
  readonly leftOut: readonly string[];
}

const GENERATOR: Readonly<Record<Exclude<keyof Augmentation, 'axes'>, string>> = {
  widthShiftRange: 'width_shift_range',
  heightShiftRange: 'height_shift_range',
  rotationRange: 'rotation_range',
  zoomRange: 'zoom_range',
  horizontalFlip: 'horizontal_flip',
  verticalFlip: 'vertical_flip',
};

/** How a recipe is fitted: batches, epochs, validation, order, callbacks and changed images. */
export function kerasFit(recipe: Recipe): KerasFit {
  const { batchSize, epochs, validation, augmentation, classWeight } = recipe;
  const before: string[] = [];
  const leftOut: string[] = [];
  let source = ['x_train', 'y_train', `batch_size=${batchSize}`];
  // A generator's images have no last share: it is cut off beforehand, as `validation_split` does.
  const cut = validation.from === 'split' && augmentation !== undefined;
  if (cut) {
    before.push(
      `held_back = int(len(x_train) * (1 - ${validation.share}))`,
      'x_valid, y_valid = x_train[held_back:], y_train[held_back:]',
      'x_train, y_train = x_train[:held_back], y_train[:held_back]',
    );
  }
  if (augmentation !== undefined) {
    const options = Object.entries(augmentation).flatMap(([name, value]) =>
      name === 'axes' ? [] : [[GENERATOR[name as keyof typeof GENERATOR], value] as const],
    );
    before.push(`changed = ${call('ImageDataGenerator', named(Object.fromEntries(options)))}`);
    source = [`changed.flow(x_train, y_train, batch_size=${batchSize})`];
  }
  const callbacks = [...schedule(recipe), ...callbacksOf(recipe)];
  if (recipe.schedule?.kind === 'cosine' || recipe.schedule?.kind === 'one-cycle') {
    leftOut.push(`The learning rate changes as PyTorch's ${recipe.schedule.kind} schedule says.`);
  }
  if (recipe.shuffle === 'once') {
    leftOut.push(
      'Every epoch has the order of the first: call keras.utils.set_random_seed before.',
    );
  }
  return {
    before,
    given: [
      ...source,
      `epochs=${epochs}`,
      ...(validation.from === 'test' ? ['validation_data=(x_test, y_test)'] : []),
      ...(cut ? ['validation_data=(x_valid, y_valid)'] : []),
      ...(validation.from === 'split' && !cut ? [`validation_split=${validation.share}`] : []),
      ...(recipe.shuffle === false ? ['shuffle=False'] : []),
      ...(classWeight === undefined
        ? []
        : [
            `class_weight={${classWeight
              .map((weight, label) => `${label}: ${weight}`)
              .join(', ')}}`,
          ]),
      ...(callbacks.length === 0 ? [] : [`callbacks=[${callbacks.join(', ')}]`]),
    ],
    leftOut,
  };
}

function schedule({ schedule, optimizer }: Recipe): string[] {
  const rate = optimizer.learning_rate;
  if (schedule?.kind === 'step') {
    return [
      `keras.callbacks.LearningRateScheduler(lambda epoch: ${rate} * ${schedule.factor} ** (epoch // ${schedule.everyEpochs}))`,
    ];
  }
  if (schedule?.kind === 'multi-step') {
    const over = `sum(epoch >= end for end in ${literal(schedule.milestones)})`;
    return [
      `keras.callbacks.LearningRateScheduler(lambda epoch: ${rate} * ${schedule.factor} ** ${over})`,
    ];
  }
  return [];
}

function callbacksOf({ reduceOnPlateau, earlyStopping }: Recipe): string[] {
  return [
    ...(reduceOnPlateau === undefined
      ? []
      : [
          call(
            'keras.callbacks.ReduceLROnPlateau',
            named({
              monitor: reduceOnPlateau.monitor,
              factor: reduceOnPlateau.factor,
              patience: reduceOnPlateau.patience,
              min_delta: reduceOnPlateau.minDelta,
              cooldown: reduceOnPlateau.cooldown,
              min_lr: reduceOnPlateau.minLearningRate,
            }),
          ),
        ]),
    ...(earlyStopping === undefined
      ? []
      : [
          call(
            'keras.callbacks.EarlyStopping',
            named({
              monitor: earlyStopping.monitor,
              min_delta: earlyStopping.minDelta,
              patience: earlyStopping.patience,
              restore_best_weights: earlyStopping.restoreBestWeights,
            }),
          ),
        ]),
  ];
}
