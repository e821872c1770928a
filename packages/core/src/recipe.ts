import { z } from 'zod';

/**
 * One layer as Keras writes it in `model.get_config()`: a class name and its snake_case options.
 * Which classes and options are understood is decided where the model is planned, by name, never by silence.
 */
export const LayerConfigSchema = z.strictObject({
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
]);
export type Loss = z.infer<typeof LossSchema>;

/**
 * Optimisers with every hyperparameter written out, because Keras's defaults have changed over the years
 * (Adadelta's learning rate went from 1.0 to 0.001).
 * `decay` is Keras 2's: lr_t = lr / (1 + decay · iterations).
 */
export const OptimizerSchema = z.discriminatedUnion('class_name', [
  z.strictObject({
    class_name: z.literal('SGD'),
    learning_rate: z.number().positive(),
    momentum: z.number().min(0).max(1),
    nesterov: z.boolean(),
    decay: z.number().min(0),
  }),
  z.strictObject({
    class_name: z.literal('RMSprop'),
    learning_rate: z.number().positive(),
    rho: z.number().min(0).max(1),
    epsilon: z.number().positive(),
    decay: z.number().min(0),
  }),
  z.strictObject({
    class_name: z.literal('Adam'),
    learning_rate: z.number().positive(),
    beta_1: z.number().min(0).max(1),
    beta_2: z.number().min(0).max(1),
    epsilon: z.number().positive(),
    decay: z.number().min(0),
  }),
  z.strictObject({
    class_name: z.literal('Adadelta'),
    learning_rate: z.number().positive(),
    rho: z.number().min(0).max(1),
    epsilon: z.number().positive(),
    decay: z.number().min(0),
  }),
]);
export type Optimizer = z.infer<typeof OptimizerSchema>;

/** How a stored byte (0…255) becomes a model input: divided by 255, or taken as it is. */
export const InputScaleSchema = z.enum(['1/255', 'raw']);
export type InputScale = z.infer<typeof InputScaleSchema>;

/** Where validation examples come from: the last share of the training set (before any shuffle, as Keras does), the test set, or nowhere. */
export const ValidationSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('split'), share: z.number().gt(0).lt(1) }),
  z.strictObject({ from: z.literal('test') }),
  z.strictObject({ from: z.literal('none') }),
]);
export type Validation = z.infer<typeof ValidationSchema>;

/** Everything that determines a training run, except the seed and the bytes of the data. */
export const RecipeSchema = z.strictObject({
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
  /** Draw a new order of the training examples before every epoch (Keras's `shuffle=True`). */
  shuffle: z.boolean(),
  /** Use only the first so many training examples (quick runs); `null` uses all. */
  trainLimit: z.int().positive().nullable().default(null),
});
export type Recipe = z.infer<typeof RecipeSchema>;
