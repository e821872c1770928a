import { z } from 'zod';

const rate = z.number().min(0).max(1);

const clip = z.number().positive().optional();

/**
 * What every optimiser has. `decay` is Keras 2's: lr_t = lr / (1 + decay · iterations); PyTorch's Adagrad calls it
 * `lr_decay`. At most one clips: `clipvalue` every number of a gradient, `clipnorm` each array's norm, `global_clipnorm`
 * that of all of them. In PyTorch's semantics, `clip_grad_value_` and `clip_grad_norm_`, which has no `clipnorm`.
 */
const common = {
  learning_rate: z.number().positive(),
  decay: z.number().min(0),
  clipvalue: clip,
  clipnorm: clip,
  global_clipnorm: clip,
};
/** PyTorch's `weight_decay`: λ · w is added to the gradient. Keras has it in AdamW alone here. */
const decayed = { weight_decay: z.number().min(0).optional() };
/** The largest second moment so far in place of the last. Reddi, Kale & Kumar, ICLR 2018. */
const amsgrad = z.boolean().optional();
const epsilon = z.number().positive();
const betas = { beta_1: rate, beta_2: rate, epsilon };

/**
 * Where versions of Keras put epsilon differently: absent means √a + epsilon (Keras 2's optimisers, and
 * tf.keras's until 2.10), `true` means √(a + epsilon) (Keras's since 2.11, and Keras 3's).
 */
const insideRoot = z.literal(true).optional();

/**
 * Optimisers in Keras's words; a recipe's `semantics` says whose formulas they mean, and `checkSemantics` which options
 * those have. Every hyperparameter is written out, because Keras's defaults have changed over the years
 * (Adadelta's learning rate went from 1.0 to 0.001).
 */
export const OptimizerSchema = z.discriminatedUnion('class_name', [
  z.strictObject({
    class_name: z.literal('SGD'),
    ...common,
    momentum: rate,
    nesterov: z.boolean(),
    ...decayed,
    /** PyTorch's: what of a gradient its momentum does not take up. */
    dampening: rate.optional(),
  }),
  z.strictObject({
    class_name: z.literal('RMSprop'),
    ...common,
    rho: rate,
    epsilon,
    epsilon_inside_root: insideRoot,
    momentum: rate.optional(),
    centered: z.boolean().optional(),
    ...decayed,
  }),
  z.strictObject({
    class_name: z.literal('Adam'),
    ...common,
    ...betas,
    amsgrad,
    ...decayed,
  }),
  z.strictObject({
    class_name: z.literal('AdamW'),
    ...common,
    ...betas,
    amsgrad,
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
  z.strictObject({
    class_name: z.literal('Adadelta'),
    ...common,
    rho: rate,
    epsilon,
    ...decayed,
  }),
  z.strictObject({
    class_name: z.literal('Adagrad'),
    ...common,
    epsilon,
    epsilon_inside_root: insideRoot,
    /** 0 in Keras 2, 0.1 in tf.keras and Keras 3. */
    initial_accumulator_value: z.number().min(0),
    ...decayed,
  }),
]);
export type Optimizer = z.infer<typeof OptimizerSchema>;
export type OptimizerName = Optimizer['class_name'];
