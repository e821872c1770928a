import type { CodeValue } from '../../code-model.ts';
import type { TorchTraining } from './training.ts';
import type { Called, Value } from './values.ts';

/** The parameters of a class in their order after the first, each with a recipe's word for it and PyTorch's default. */
type Parameters = readonly (readonly [
  name: string,
  word: string,
  initial: CodeValue | 'required',
])[];

const BETAS: Parameters = [
  ['lr', 'learning_rate', 0.001],
  ['betas', 'betas', [0.9, 0.999]],
  ['eps', 'epsilon', 1e-8],
];

/** Source: `torch/optim`. SGD has a default rate since 2.3 only. */
const OPTIMIZERS: Readonly<Record<string, Parameters>> = {
  SGD: [
    ['lr', 'learning_rate', 0.001],
    ['momentum', 'momentum', 0],
    ['dampening', 'dampening', 0],
    ['weight_decay', 'weight_decay', 0],
    ['nesterov', 'nesterov', false],
  ],
  Adam: [...BETAS, ['weight_decay', 'weight_decay', 0], ['amsgrad', 'amsgrad', false]],
  AdamW: [...BETAS, ['weight_decay', 'weight_decay', 0.01], ['amsgrad', 'amsgrad', false]],
  RMSprop: [
    ['lr', 'learning_rate', 0.01],
    ['alpha', 'rho', 0.99],
    ['eps', 'epsilon', 1e-8],
    ['weight_decay', 'weight_decay', 0],
    ['momentum', 'momentum', 0],
    ['centered', 'centered', false],
  ],
  Adagrad: [
    ['lr', 'learning_rate', 0.01],
    ['lr_decay', 'decay', 0],
    ['weight_decay', 'weight_decay', 0],
    ['initial_accumulator_value', 'initial_accumulator_value', 0],
    ['eps', 'epsilon', 1e-10],
  ],
  Adadelta: [
    ['lr', 'learning_rate', 1],
    ['rho', 'rho', 0.9],
    ['eps', 'epsilon', 1e-6],
    ['weight_decay', 'weight_decay', 0],
  ],
};

const SCHEDULERS: Readonly<Record<string, Parameters>> = {
  StepLR: [
    ['step_size', 'everyEpochs', 'required'],
    ['gamma', 'factor', 0.1],
  ],
  ExponentialLR: [['gamma', 'factor', 'required']],
  MultiStepLR: [
    ['milestones', 'milestones', 'required'],
    ['gamma', 'factor', 0.1],
  ],
  CosineAnnealingLR: [
    ['T_max', 'epochs', 'required'],
    ['eta_min', 'minLearningRate', 0],
  ],
};
const KINDS: Readonly<Record<string, object>> = {
  StepLR: { kind: 'step' },
  ExponentialLR: { kind: 'step', everyEpochs: 1 },
  MultiStepLR: { kind: 'multi-step' },
  CosineAnnealingLR: { kind: 'cosine' },
};

/** Options that change how fast a step is computed and nothing of what. */
const IDLE = new Set(['foreach', 'fused', 'capturable', 'verbose', 'differentiable']);

/** What is read of an optimiser, a loss or a scheduler, and what of it is not understood. */
interface Read<Found> {
  readonly found: Found | null;
  readonly problem: string | null;
}

export function readOptimizer(called: Called): Read<NonNullable<TorchTraining['optimizer']>> {
  const className = lastOf(called.path);
  const parameters = Object.hasOwn(OPTIMIZERS, className) ? OPTIMIZERS[className] : undefined;
  if (parameters === undefined) return { found: null, problem: `the optimiser ${className}` };
  if (called.positional[0]?.type === 'list') {
    return { found: null, problem: 'an optimiser with groups of parameters' };
  }
  const read = readOptions(called, parameters);
  const { betas, ...plain } = read.options;
  const [first, second] = Array.isArray(betas) ? betas : [];
  const options =
    betas === undefined ? plain : { ...plain, beta_1: first ?? null, beta_2: second ?? null };
  const problem = read.problem === null ? null : `${read.problem} of ${className}`;
  return {
    found: { className, options: { decay: 0, ...options }, written: read.written },
    problem,
  };
}

export function readSchedule(called: Called): Read<NonNullable<TorchTraining['schedule']>> {
  const className = lastOf(called.path);
  const parameters = Object.hasOwn(SCHEDULERS, className) ? SCHEDULERS[className] : undefined;
  if (parameters === undefined) return { found: null, problem: `the scheduler ${className}` };
  const { options, problem } = readOptions(called, parameters);
  if (problem !== null) return { found: null, problem: `${problem} of ${className}` };
  return { found: { ...KINDS[className], ...options }, problem: null };
}

const LOSSES: Readonly<Record<string, string>> = {
  CrossEntropyLoss: 'categorical_crossentropy',
  cross_entropy: 'categorical_crossentropy',
  NLLLoss: 'categorical_crossentropy',
  nll_loss: 'categorical_crossentropy',
  BCELoss: 'binary_crossentropy',
  binary_cross_entropy: 'binary_crossentropy',
  BCEWithLogitsLoss: 'binary_crossentropy',
  binary_cross_entropy_with_logits: 'binary_crossentropy',
  MSELoss: 'mean_squared_error',
  mse_loss: 'mean_squared_error',
  L1Loss: 'mean_absolute_error',
  l1_loss: 'mean_absolute_error',
};

/** Whether a name of PyTorch's is one of a loss that is known. */
export function isLoss(path: string): boolean {
  return Object.hasOwn(LOSSES, lastOf(path)) || path.endsWith('Loss');
}

export function readLoss(
  called: Called,
): Read<Pick<TorchTraining, 'labelSmoothing' | 'takes'> & { readonly loss: string }> {
  const name = lastOf(called.path);
  const loss = Object.hasOwn(LOSSES, name) ? LOSSES[name] : undefined;
  if (loss === undefined) return { found: null, problem: `the loss ${name}` };
  let labelSmoothing: number | null = null;
  let problem = called.unclear ? `an option of ${name}` : null;
  for (const [option, value] of called.named) {
    const plain = dataOf(value);
    if (option === 'label_smoothing' && typeof plain === 'number') {
      labelSmoothing = plain === 0 ? null : plain;
    } else if (option === 'reduction' && plain === 'mean') continue;
    else if (!['input', 'target'].includes(option) && plain !== null) {
      problem = `${option} of ${name}`;
    }
  }
  // F.nll_loss(output, target, weight)
  const own = name.endsWith('Loss') ? called.positional : called.positional.slice(2);
  if (own.length > 0) problem ??= `an option of ${name}`;
  return { found: { loss, takes: takenBy(name), labelSmoothing }, problem };
}

/** `NLLLoss` takes logarithms of probabilities, which are logits as well. */
function takenBy(name: string): TorchTraining['takes'] {
  if (/^(?:MSE|L1|mse_|l1_)/u.test(name)) return null;
  return /^(?:BCELoss|binary_cross_entropy)$/u.test(name) ? 'probabilities' : 'logits';
}

function readOptions(
  called: Called,
  parameters: Parameters,
): {
  readonly options: Readonly<Record<string, CodeValue>>;
  readonly written: readonly string[];
  readonly problem: string | null;
} {
  const options: Record<string, CodeValue> = {};
  const written: string[] = [];
  let problem = called.unclear ? 'an option' : null;
  for (const [index, [name, word, initial]] of parameters.entries()) {
    const value = called.named.get(name) ?? called.positional[index + 1];
    if (value === undefined) {
      if (initial === 'required') problem ??= name;
      else options[word] = initial;
      continue;
    }
    const plain = dataOf(value);
    if (plain === undefined || plain === null) problem ??= name;
    else {
      options[word] = plain;
      written.push(word);
    }
  }
  const known = new Set(parameters.map(([name]) => name));
  for (const name of called.named.keys()) {
    if (!known.has(name) && !IDLE.has(name) && !['params', 'optimizer'].includes(name)) {
      problem ??= name;
    }
  }
  return { options, written, problem };
}

function dataOf(value: Value): CodeValue | undefined {
  if (value.type === 'data') return value.data;
  if (value.type !== 'list') return undefined;
  const items = value.items.map(dataOf);
  return items.every((item) => item !== undefined) ? (items as CodeValue[]) : undefined;
}

export function lastOf(path: string): string {
  return path.split('.').at(-1) ?? path;
}
