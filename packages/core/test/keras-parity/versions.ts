/** Where a Keras computes something else than Labproof means. Everything that is not listed is the same in all four. */
export interface Difference {
  /** Case names; a `*` at the end or the beginning stands for anything. */
  readonly cases: readonly string[];
  readonly versions: readonly string[];
  readonly because: string;
}

/** The Keras whose arithmetic a recipe means is each one that is not named for the case; see docs/keras-semantics.md. */
export const differences: readonly Difference[] = [
  {
    // With momentum, TensorFlow's own kernel takes over and has epsilon under the root too.
    cases: ['rmsprop-inside', 'rmsprop-inside-large-epsilon', 'rmsprop-inside-centered'],
    versions: ['keras-2.2.4', 'keras-2.15.0-legacy'],
    because: 'until 2.10 epsilon is added to the root',
  },
  {
    cases: ['rmsprop', 'rmsprop-decay', 'rmsprop-large-epsilon', 'rmsprop-relu'],
    versions: ['keras-2.15.0', 'keras-3.15.1'],
    because: 'since 2.11 epsilon is added under the root',
  },
  {
    cases: ['adagrad-inside'],
    versions: ['keras-2.15.0-legacy'],
    because: 'until 2.10 epsilon is added to the root',
  },
  {
    cases: ['adagrad-from-zero', 'adagrad-large-epsilon'],
    versions: ['keras-2.15.0', 'keras-3.15.1'],
    because: 'since 2.11 epsilon is added under the root',
  },
  {
    cases: ['nadam'],
    versions: ['keras-2.15.0'],
    because:
      'its traced step multiplies the momentum product once for nearly every weight array, not once a step',
  },
  {
    cases: ['dense-hard-sigmoid'],
    versions: ['keras-3.15.1'],
    because: 'it is relu6(x + 3) / 6 there instead of 0.2 x + 0.5 between 0 and 1',
  },
  {
    cases: ['batch-normalization*'],
    versions: ['keras-2.2.4'],
    because: 'it removes the bias of the moving averages towards their initial values',
  },
  {
    cases: ['batch-normalization-conv'],
    versions: ['keras-2.15.0'],
    because:
      'its fused kernel keeps the moving variance of a sample: n / (n − 1) times the batch variance',
  },
  {
    cases: ['sgd-clipnorm', 'sgd-momentum-clipnorm-l2'],
    versions: ['keras-2.2.4'],
    because: 'its clipnorm is the norm of all gradients together, our global_clipnorm',
  },
  {
    cases: ['*-crossentropy-saturated'],
    versions: ['keras-2.2.4'],
    because: 'it clips probabilities to 1e-7 … 1 − 1e-7 instead of starting from the logits',
  },
];

export function differenceOf(name: string, keras: string): Difference | undefined {
  return differences.find(
    (difference) =>
      difference.versions.includes(keras) &&
      difference.cases.some((pattern) => fits(name, pattern)),
  );
}

function fits(name: string, pattern: string): boolean {
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  return name === pattern;
}
