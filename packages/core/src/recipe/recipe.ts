import { z } from 'zod';
import {
  AugmentationSchema,
  EarlyStoppingSchema,
  ReduceOnPlateauSchema,
  ScheduleSchema,
} from './fit-options.ts';
import { OptimizerSchema } from './optimizer.ts';
import { checkSemantics } from './semantics.ts';

export { type Optimizer, OptimizerSchema } from './optimizer.ts';

/**
 * One layer as Keras writes it in `model.get_config()`: a class name and its snake_case options.
 * Which classes and options are understood is decided where the model is planned, by name, never by silence.
 */
const LayerConfigSchema = z.strictObject({
  class_name: z.string(),
  config: z.record(z.string(), z.unknown()),
});
export type LayerConfig = z.infer<typeof LayerConfigSchema>;

/** A Keras Sequential configuration; the first layer carries `batch_input_shape` (`[null, ...shape]`). */
export const SequentialConfigSchema = z.strictObject({
  name: z.string(),
  layers: z.array(LayerConfigSchema).min(1),
});
export type SequentialConfig = z.infer<typeof SequentialConfigSchema>;

export const LossSchema = z.enum([
  'categorical_crossentropy',
  'sparse_categorical_crossentropy',
  'mean_squared_error',
  'mean_absolute_error',
  'binary_crossentropy',
]);
export type Loss = z.infer<typeof LossSchema>;

/** How a stored byte (0…255) becomes a model input: divided by 255, or taken as it is. */
export const InputScaleSchema = z.enum(['1/255', 'raw']);
export type InputScale = z.infer<typeof InputScaleSchema>;

/** Where validation examples come from: the last share of the training set (before any shuffle, as Keras does), the test set, or nowhere. */
const ValidationSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('split'), share: z.number().gt(0).lt(1) }),
  z.strictObject({ from: z.literal('test') }),
  z.strictObject({ from: z.literal('none') }),
]);

/**
 * Everything that determines a training run, except the seed and the bytes of the data. Refuses options that the
 * semantics of the recipe do not have, by their place.
 */
export const RecipeSchema = z
  .strictObject({
    dataset: z.string(),
    /** Shape of one example as the model's first layer takes it, e.g. `[784]` or `[28, 28, 1]`. */
    inputShape: z.array(z.int().positive()).min(1),
    inputScale: InputScaleSchema,
    model: SequentialConfigSchema,
    loss: LossSchema,
    optimizer: OptimizerSchema,
    batchSize: z.int().positive(),
    epochs: z.int().positive(),
    validation: ValidationSchema,
    /**
     * Draw a new order of the training examples before every epoch (Keras's `shuffle=True`). `once`: every epoch has the
     * order of the first, as Keras 3 on TensorFlow does after `keras.utils.set_random_seed`.
     */
    shuffle: z.union([z.boolean(), z.literal('once')]),
    /** Use only the first so many training examples (quick runs); `null` uses all. */
    trainLimit: z.int().positive().nullable().default(null),
    /*
     * The fields below are left out where they are not used: a recipe's hash is that of its JSON, so none of them may
     * have a default.
     */
    /** A factor for each class on the loss of its training examples, Keras's `class_weight`. */
    classWeight: z.array(z.number().min(0)).optional(),
    /** Changes the optimiser's learning rate with time; not together with `reduceOnPlateau`. */
    schedule: ScheduleSchema.optional(),
    reduceOnPlateau: ReduceOnPlateauSchema.optional(),
    earlyStopping: EarlyStoppingSchema.optional(),
    augmentation: AugmentationSchema.optional(),
    /**
     * Whose formulas the optimiser, batch normalisation and plateaus mean, and whose initial weights a layer has that does
     * not say: PyTorch's, or without it Keras's ([PyTorch's semantics](docs/pytorch-semantics.md)).
     */
    semantics: z.literal('pytorch').optional(),
    /** A share of the target that is spread over all classes: `label_smoothing` of Keras's and PyTorch's crossentropy. */
    labelSmoothing: z.number().gt(0).lt(1).optional(),
  })
  .superRefine(checkSemantics);
export type Recipe = z.infer<typeof RecipeSchema>;
