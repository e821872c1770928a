import type { CodeValue } from './code-model.ts';
import type { Value } from './value.ts';

/** Keras's optimisers with the order of their first parameters. */
const OPTIMIZERS: Readonly<Record<string, readonly string[]>> = {
  SGD: ['learning_rate', 'momentum', 'nesterov'],
  RMSprop: ['learning_rate', 'rho', 'momentum', 'epsilon'],
  Adam: ['learning_rate', 'beta_1', 'beta_2', 'epsilon'],
  AdamW: ['learning_rate', 'weight_decay', 'beta_1', 'beta_2', 'epsilon'],
  Adadelta: ['learning_rate', 'rho', 'epsilon'],
  Adagrad: ['learning_rate', 'initial_accumulator_value', 'epsilon'],
  Adamax: ['learning_rate', 'beta_1', 'beta_2', 'epsilon'],
  Nadam: ['learning_rate', 'beta_1', 'beta_2', 'epsilon'],
  Ftrl: ['learning_rate'],
  Adafactor: ['learning_rate'],
  Lion: ['learning_rate'],
};
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  [
    ...Object.keys(OPTIMIZERS).map((name): [string, string] => [name.toLowerCase(), name]),
    ['gradientdescent', 'SGD'] as const,
  ].map(([lower, name]) => [lower, name]),
);
const OPTION_NAMES: Readonly<Record<string, string>> = {
  lr: 'learning_rate',
  beta1: 'beta_1',
  beta2: 'beta_2',
  decay_rate: 'decay',
};
const LOSSES: ReadonlySet<string> = new Set([
  'categorical_crossentropy',
  'sparse_categorical_crossentropy',
  'binary_crossentropy',
  'mean_squared_error',
  'mean_absolute_error',
  'mean_squared_logarithmic_error',
  'kullback_leibler_divergence',
  'poisson',
  'hinge',
  'squared_hinge',
  'categorical_hinge',
  'huber',
  'logcosh',
  'cosine_similarity',
  'categorical_focal_crossentropy',
]);
const LOSS_ALIASES: Readonly<Record<string, string>> = {
  mse: 'mean_squared_error',
  mae: 'mean_absolute_error',
  msle: 'mean_squared_logarithmic_error',
  kld: 'kullback_leibler_divergence',
};

/** The optimiser that a function or a string names, in Python, R or TensorFlow 1; `null` when it is none. */
export function optimizerClass(name: string): string | null {
  const plain = name
    .replace(/^optimizer_/u, '')
    .replace(/Optimizer$/u, '')
    .replaceAll('_', '')
    .toLowerCase();
  return BY_LOWER_CASE.get(plain) ?? null;
}

export function optimizerParameters(className: string): readonly string[] {
  return (Object.hasOwn(OPTIMIZERS, className) ? OPTIMIZERS[className] : undefined) ?? [];
}

export function optimizerOption(name: string): string {
  return (Object.hasOwn(OPTION_NAMES, name) ? OPTION_NAMES[name] : undefined) ?? name;
}

/** The loss that a function, class or string names, in snake case; `null` when it is none that Keras has. */
export function lossName(name: string): string | null {
  const plain = name
    .replace(/^loss_/u, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '_')
    .toLowerCase();
  const present = (Object.hasOwn(LOSS_ALIASES, plain) ? LOSS_ALIASES[plain] : undefined) ?? plain;
  return LOSSES.has(present) ? present : null;
}

/** `l2(0.01)`, `regularizer_l1(0.1)`, `regularizers.l1_l2(l1=…, l2=…)`, `'l2'` in the form of Keras's configuration. */
export function asRegularizer(value: Value): CodeValue | undefined {
  if (value.type === 'data')
    return value.data === null ? null : regularizer(String(value.data), {});
  if (value.type !== 'named' || value.unclear.length > 0) return undefined;
  return regularizer(value.name, value.options);
}

function regularizer(
  name: string,
  options: Readonly<Record<string, CodeValue>>,
): CodeValue | undefined {
  const kind = /^(?:regularizer_)?(?<kind>l1_?l2|l1|l2)$/iu
    .exec(name)
    ?.groups?.['kind']?.toLowerCase();
  if (kind === undefined) return undefined;
  const classes: Readonly<Record<string, string>> = { l1: 'L1', l2: 'L2' };
  const factor = options['l'] ?? options['0'] ?? DEFAULT_FACTOR;
  return classes[kind] === undefined
    ? {
        class_name: 'L1L2',
        config: { l1: options['l1'] ?? options['0'] ?? 0, l2: options['l2'] ?? options['1'] ?? 0 },
      }
    : { class_name: classes[kind], config: { [kind]: options[kind] ?? factor } };
}

/** Keras's default factor of a penalty. */
const DEFAULT_FACTOR = 0.01;
