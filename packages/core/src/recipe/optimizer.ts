import { z } from 'zod';

const rate = z.number().min(0).max(1);

/** What every optimiser has. `decay` is Keras 2's: lr_t = lr / (1 + decay · iterations). */
const common = { learning_rate: z.number().positive(), decay: z.number().min(0) };
const epsilon = z.number().positive();
const betas = { beta_1: rate, beta_2: rate, epsilon };

/**
 * Where versions of Keras put epsilon differently: absent means √a + epsilon (Keras 2's optimisers, and
 * tf.keras's until 2.10), `true` means √(a + epsilon) (Keras's since 2.11, and Keras 3's).
 */
const insideRoot = z.literal(true).optional();

/**
 * Optimisers with every hyperparameter written out, because Keras's defaults have changed over the years
 * (Adadelta's learning rate went from 1.0 to 0.001).
 */
export const OptimizerSchema = z.discriminatedUnion('class_name', [
  z.strictObject({
    class_name: z.literal('SGD'),
    ...common,
    momentum: rate,
    nesterov: z.boolean(),
  }),
  z
    .strictObject({
      class_name: z.literal('RMSprop'),
      ...common,
      rho: rate,
      epsilon,
      epsilon_inside_root: insideRoot,
      momentum: rate.optional(),
      centered: z.boolean().optional(),
    })
    .refine(
      ({ momentum = 0, centered = false, epsilon_inside_root: inside }) =>
        inside === true || (momentum === 0 && !centered),
      'momentum and centered need epsilon_inside_root, which is where Keras has epsilon with them since 2.11',
    ),
  z.strictObject({ class_name: z.literal('Adam'), ...common, ...betas }),
  z.strictObject({
    class_name: z.literal('AdamW'),
    ...common,
    ...betas,
    weight_decay: z.number().min(0),
  }),
  z.strictObject({ class_name: z.literal('Adamax'), ...common, ...betas }),
  z.strictObject({
    class_name: z.literal('Nadam'),
    ...common,
    ...betas,
    /** Keras 2's momentum schedule 0.96^(t · schedule_decay), 0.004 by default; since 2.11 Keras has 1. */
    schedule_decay: z.number().min(0),
  }),
  z.strictObject({ class_name: z.literal('Adadelta'), ...common, rho: rate, epsilon }),
  z.strictObject({
    class_name: z.literal('Adagrad'),
    ...common,
    epsilon,
    epsilon_inside_root: insideRoot,
    /** 0 in Keras 2, 0.1 in tf.keras and Keras 3. */
    initial_accumulator_value: z.number().min(0),
  }),
]);
export type Optimizer = z.infer<typeof OptimizerSchema>;
export type OptimizerName = Optimizer['class_name'];
