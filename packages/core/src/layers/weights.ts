import { z } from 'zod';
import { initializerOption, readInitializer } from './initializer.ts';
import type { WeightSpec } from './layer.ts';
import { readRegularizer, regularizerOption } from './regularizer.ts';

/** The options of a layer with a kernel and a bias. */
export const weightOptions = {
  use_bias: z.boolean().optional(),
  kernel_initializer: initializerOption,
  bias_initializer: initializerOption,
  kernel_regularizer: regularizerOption,
  bias_regularizer: regularizerOption,
  activity_regularizer: z.unknown().optional(),
  kernel_constraint: z.unknown().optional(),
  bias_constraint: z.unknown().optional(),
};

const WeightOptionsSchema = z.object(weightOptions);
type WeightOptions = z.infer<typeof WeightOptionsSchema>;

const TRAINING_ONLY = ['activity_regularizer', 'kernel_constraint', 'bias_constraint'] as const;

/** The kernel and the bias (one value for each extent of the kernel's last axis) that these options ask for. */
export function kernelAndBias(
  options: WeightOptions,
  shape: readonly number[],
  fans: readonly [number, number],
): { weights: WeightSpec[]; untrainable: string[] } {
  const units = shape.at(-1) ?? 0;
  const untrainable: string[] = TRAINING_ONLY.filter((name) => (options[name] ?? null) !== null);
  const regularizerOf = (name: 'kernel_regularizer' | 'bias_regularizer') => {
    const regularizer = readRegularizer(options[name]);
    if (regularizer === 'unknown') untrainable.push(name);
    return regularizer === 'unknown' ? null : regularizer;
  };
  const kernel: WeightSpec = {
    name: 'kernel',
    shape,
    initializer: readInitializer(options.kernel_initializer, 'glorot_uniform'),
    fans,
    trainable: true,
    regularizer: regularizerOf('kernel_regularizer'),
  };
  if (options.use_bias === false) return { weights: [kernel], untrainable };
  const initializer = readInitializer(options.bias_initializer, 'zeros');
  const bias: WeightSpec = {
    name: 'bias',
    shape: [units],
    initializer,
    // PyTorch spreads a bias by what goes into the kernel; Keras takes the bias's own extent.
    fans: initializer.name === 'fan_in_uniform' ? fans : [units, units],
    trainable: true,
    regularizer: regularizerOf('bias_regularizer'),
  };
  return { weights: [kernel, bias], untrainable };
}
