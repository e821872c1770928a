/** The four curves of a training. */
export type Curve = 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy';

/** Keras's names and those of R, TF.js and habit; where several stand side by side, the first of them counts. */
const LOSSES = ['loss', 'train_loss', 'training_loss'];
const ACCURACIES = [
  'accuracy',
  'acc',
  'sparse_categorical_accuracy',
  'categorical_accuracy',
  'binary_accuracy',
  'train_accuracy',
  'train_acc',
  'training_accuracy',
  'training_acc',
];
const VALIDATION = /^(?:validation|valid|val)_?/u;

/** How well a name fits a curve: 0 for Keras's own name, then the others. */
export interface NamedCurve {
  readonly curve: Curve;
  readonly rank: number;
}

/** The curve that a column or list of this name holds, letter case aside; `null` for every other name. */
export function curveNamed(name: string): NamedCurve | null {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/gu, '_');
  const validates = VALIDATION.test(plain);
  const own = validates ? plain.replace(VALIDATION, '') : plain;
  const loss = LOSSES.indexOf(own);
  if (loss >= 0) return { curve: validates ? 'valLoss' : 'loss', rank: loss };
  const accuracy = ACCURACIES.indexOf(own);
  return accuracy < 0 ? null : { curve: validates ? 'valAccuracy' : 'accuracy', rank: accuracy };
}
