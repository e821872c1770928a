import { z } from 'zod';

/* What Keras lab users give to `fit` beyond batches and epochs. Every field of a recipe that stands here is optional. */

/** A quantity of an epoch's metrics, by Keras's name. */
const MonitorSchema = z.enum(['loss', 'accuracy', 'val_loss', 'val_accuracy']);
export type Monitor = z.infer<typeof MonitorSchema>;

const patience = z.int().min(0);
const minDelta = z.number().min(0);

/**
 * The learning rate as a function of time.
 * - `step`: rate · factor^⌊(epoch − 1) / everyEpochs⌋, the usual `LearningRateScheduler`.
 * - `exponential`: rate · decayRate^(t / decaySteps), Keras's `ExponentialDecay`; t counts batches; with `staircase` the
 *   exponent is rounded down.
 * - `inverse-time`: rate / (1 + decayRate · t / decaySteps), Keras's `InverseTimeDecay`; `staircase` alike.
 * - `piecewise`: values[k] with k the number of boundaries below t, Keras's `PiecewiseConstantDecay`.
 * - `multi-step`: rate · factor^k with k the number of milestones, in epochs, that are over: PyTorch's `MultiStepLR`.
 * - `cosine`: from the rate to `minLearningRate` in so many epochs, and back: PyTorch's `CosineAnnealingLR`.
 * - `one-cycle`: PyTorch's `OneCycleLR` in batches, with its options; it begins with `maxLearningRate` / `divFactor`
 *   whatever the optimiser's own rate, and stays where it is after `totalSteps`. `cycleMomentum` moves SGD's and RMSprop's
 *   momentum, or Adam's β₁, the other way; `null` leaves it alone.
 *
 * PyTorch's `StepLR` is `step`, and its `ExponentialLR` a step of one epoch.
 */
export const ScheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('step'),
    factor: z.number().positive(),
    everyEpochs: z.int().positive(),
  }),
  z.strictObject({
    kind: z.enum(['exponential', 'inverse-time']),
    decayRate: z.number().positive(),
    decaySteps: z.int().positive(),
    staircase: z.boolean(),
  }),
  z
    .strictObject({
      kind: z.literal('piecewise'),
      boundaries: z.array(z.int().min(0)).min(1),
      values: z.array(z.number().positive()),
    })
    .refine(
      ({ boundaries, values }) =>
        values.length === boundaries.length + 1 &&
        boundaries.every((boundary, index) => index === 0 || boundary > boundaries[index - 1]!),
      'piecewise needs ascending boundaries and one value more than boundaries',
    ),
  z
    .strictObject({
      kind: z.literal('multi-step'),
      milestones: z.array(z.int().positive()).min(1),
      factor: z.number().positive(),
    })
    .refine(
      ({ milestones }) =>
        milestones.every((milestone, index) => index === 0 || milestone > milestones[index - 1]!),
      'milestones ascend',
    ),
  z.strictObject({
    kind: z.literal('cosine'),
    epochs: z.int().positive(),
    minLearningRate: z.number().min(0),
  }),
  z.strictObject({
    kind: z.literal('one-cycle'),
    maxLearningRate: z.number().positive(),
    totalSteps: z.int().min(2),
    pctStart: z.number().gt(0).lt(1),
    anneal: z.enum(['cos', 'linear']),
    divFactor: z.number().positive(),
    finalDivFactor: z.number().positive(),
    threePhase: z.boolean(),
    cycleMomentum: z
      .strictObject({
        base: z.number().min(0).lt(1),
        max: z.number().min(0).lt(1),
      })
      .nullable(),
  }),
]);
export type Schedule = z.infer<typeof ScheduleSchema>;

/**
 * Keras's `ReduceLROnPlateau` with its options; `cooldown` and `patience` count epochs. In PyTorch's semantics it is that
 * of the same name: `minDelta` is its threshold, a share of the best value so far or a difference as `threshold` says,
 * and the rate falls after one epoch more than `patience`.
 */
export const ReduceOnPlateauSchema = z.strictObject({
  monitor: MonitorSchema,
  factor: z.number().gt(0).lt(1),
  patience,
  minDelta,
  cooldown: z.int().min(0),
  minLearningRate: z.number().min(0),
  threshold: z.enum(['rel', 'abs']).optional(),
});
export type ReduceOnPlateau = z.infer<typeof ReduceOnPlateauSchema>;

/** Keras's `EarlyStopping` with its options. */
export const EarlyStoppingSchema = z.strictObject({
  monitor: MonitorSchema,
  minDelta,
  patience,
  restoreBestWeights: z.boolean(),
});
export type EarlyStopping = z.infer<typeof EarlyStoppingSchema>;

/**
 * Random changes of the training images, Keras's `ImageDataGenerator` with `fill_mode="nearest"`: shifts as shares of
 * the height and width below 1, rotations in degrees, zoom factors in [1 − zoomRange, 1 + zoomRange] for each axis.
 * `axes: "swapped"` is that of Keras 2.15 and 3.15: the whole change takes rows for columns, so that
 * `heightShiftRange` moves images sideways by a share of their height. Without it, that of Keras 2.2.4.
 */
export const AugmentationSchema = z.strictObject({
  widthShiftRange: z.number().min(0).lt(1).optional(),
  heightShiftRange: z.number().min(0).lt(1).optional(),
  rotationRange: z.number().min(0).max(180).optional(),
  zoomRange: z.number().min(0).lt(1).optional(),
  horizontalFlip: z.boolean().optional(),
  verticalFlip: z.boolean().optional(),
  axes: z.literal('swapped').optional(),
});
export type Augmentation = z.infer<typeof AugmentationSchema>;
