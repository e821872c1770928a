/** The four curves of a training. */
export type Curve = 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy';

/** Keras's names and those of PyTorch's libraries, R, TF.js and habit; where several stand side by side, the first of them counts. */
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
/** The same in other languages of classes, without what names the data. */
const TRANSLATED: ReadonlyMap<string, string> = new Map(
  (
    [
      ['loss', 'verlust verluste perte verlies pérdida perdida perdita perda 损失'],
      [
        'accuracy',
        'accuracies genauigkeit exactitude précision nauwkeurigheid exactitud precisión accuratezza acurácia 准确率',
      ],
      ['epoch', 'epochs epoche epochen époque époques época épocas epoca tijdperk 轮'],
    ] as const
  ).flatMap(([name, words]) => words.split(' ').map((word): [string, string] => [word, name])),
);
/** The part of the data behind the metric ("accuracy_val"), or before it in one word ("Trainingsverlust"). */
const BEHIND =
  /^(?<metric>\p{L}+(?:_\p{L}+)?)_(?<part>train|training|validation|valid|val|dev|testing|test)$/u;
const JOINED = /^(?<part>trainings?|validierungs?|val|test)_?(?<metric>verlust|genauigkeit)$/u;
/** "accuracy (%)", "acc [%]", "accuracy_pct" */
const PER_CENT = /_?(?:[([]%[)\]]|%|_pct|_percent)$/u;
const VALIDATION = /^(?:validation|valid|val|eval|dev)_?/u;
const TEST = /^(?:testing|test)_?/u;
/** Measured on the test images counts where nothing was measured on validation images. */
const RANK_OF_TEST = 100;

/** How well a name fits a curve: 0 for Keras's own name, then the others. */
export interface NamedCurve {
  readonly curve: Curve;
  readonly rank: number;
}

/** A name of a column as Keras would write it. */
function plainName(name: string): string {
  const words = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s./-]+/gu, '_')
    .replace(PER_CENT, '');
  const joined = JOINED.exec(words)?.groups;
  const { part = '', metric = words } = joined ?? {};
  const translated = metric
    .split('_')
    .map((word) => TRANSLATED.get(word) ?? word)
    .join('_');
  const named = `${part.replace(/^validierungs?$/u, 'val').replace(/^trainings$/u, 'training')}${part === '' ? '' : '_'}${translated}`;
  const behind = BEHIND.exec(named)?.groups;
  return behind === undefined ? named : `${behind['part'] ?? ''}_${behind['metric'] ?? ''}`;
}

/** Whether a column counts the epochs. */
export function countsEpochs(name: string): boolean {
  return plainName(name) === 'epoch';
}

/**
 * The curve that a column or list of this name holds, letter case aside; `null` for every other name. Lightning writes
 * `train_loss_epoch` beside `train_loss_step`, which is no epoch's.
 */
export function curveNamed(name: string): NamedCurve | null {
  const plain = plainName(name);
  const isTest = TEST.test(plain);
  const heldOut = isTest || VALIDATION.test(plain);
  const own = plain
    .replace(VALIDATION, '')
    .replace(TEST, '')
    .replace(/_epoch$/u, '');
  const rank = (isTest ? RANK_OF_TEST : 0) - (plain.endsWith('_epoch') ? 0.5 : 0);
  const loss = LOSSES.indexOf(own);
  if (loss >= 0) return { curve: heldOut ? 'valLoss' : 'loss', rank: rank + loss };
  const accuracy = ACCURACIES.indexOf(own);
  return accuracy < 0
    ? null
    : { curve: heldOut ? 'valAccuracy' : 'accuracy', rank: rank + accuracy };
}

/**
 * The curves that stand side by side under these names. Where the losses are called training's and validation's, an accuracy
 * that is called nothing is validation's, as fastai and Transformers have it.
 */
export function curvesNamed(names: readonly string[]): (NamedCurve | null)[] {
  const curves = names.map(curveNamed);
  const says = (curve: Curve, pattern: RegExp): boolean =>
    names.some((name, at) => curves[at]?.curve === curve && pattern.test(name.trim()));
  const isNamed = says('loss', /^train/iu) && says('valLoss', /^(?:val|eval)/iu);
  const hasBoth = curves.filter((named) => named?.curve.endsWith('ccuracy')).length > 1;
  return curves.map((named, at) =>
    isNamed && !hasBoth && named?.curve === 'accuracy' && /^acc/iu.test(names[at]?.trim() ?? '')
      ? { ...named, curve: 'valAccuracy' }
      : named,
  );
}

/** Whether a name is of a curve that was measured on the test images. */
export function isTestCurve(name: string): boolean {
  return TEST.test(name.trim().toLowerCase());
}
