import type { z } from 'zod';
import type { ReduceOnPlateau, Schedule } from './fit-options.ts';
import type { Optimizer } from './optimizer.ts';

/** What of a recipe means something in one of the two alone. */
interface Words {
  readonly optimizer: Optimizer;
  readonly loss: string;
  readonly semantics?: 'pytorch' | undefined;
  readonly schedule?: Schedule | undefined;
  readonly reduceOnPlateau?: ReduceOnPlateau | undefined;
  readonly classWeight?: readonly number[] | undefined;
  readonly labelSmoothing?: number | undefined;
}

/** Tells of every option that the recipe's semantics do not have, by its place. */
export function checkSemantics(recipe: Words, context: z.RefinementCtx): void {
  const refuse = (message: string, ...path: string[]): void =>
    context.addIssue({ code: 'custom', message, path });
  const { optimizer, labelSmoothing, loss } = recipe;
  const clips = (['clipvalue', 'clipnorm', 'global_clipnorm'] as const).filter(
    (name) => optimizer[name] !== undefined,
  );
  if (clips.length > 1) refuse(`only one of ${clips.join(' and ')} can be`, 'optimizer', clips[1]!);
  if (labelSmoothing !== undefined && !loss.endsWith('categorical_crossentropy')) {
    refuse('only a categorical crossentropy has smoothed labels here', 'labelSmoothing');
  }
  if (recipe.semantics === 'pytorch') checkPytorch(recipe, refuse);
  else checkKeras(recipe, refuse);
}

type Refuse = (message: string, ...path: string[]) => void;

function checkKeras({ optimizer, schedule, reduceOnPlateau }: Words, refuse: Refuse): void {
  const pytorchs = 'is PyTorch\'s: it needs semantics "pytorch"';
  if (optimizer.class_name !== 'AdamW' && 'weight_decay' in optimizer) {
    refuse(`weight_decay of ${optimizer.class_name} ${pytorchs}`, 'optimizer', 'weight_decay');
  }
  if ('dampening' in optimizer) refuse(`dampening ${pytorchs}`, 'optimizer', 'dampening');
  if (optimizer.class_name === 'RMSprop' && optimizer.epsilon_inside_root !== true) {
    const { momentum = 0, centered = false } = optimizer;
    if (momentum > 0 || centered) {
      refuse(
        'momentum and centered need epsilon_inside_root, which is where Keras has epsilon with them since 2.11',
        'optimizer',
      );
    }
  }
  if (schedule?.kind === 'one-cycle') refuse(`one-cycle ${pytorchs}`, 'schedule', 'kind');
  if (reduceOnPlateau?.threshold !== undefined) {
    refuse(`threshold ${pytorchs}`, 'reduceOnPlateau', 'threshold');
  }
}

function checkPytorch(recipe: Words, refuse: Refuse): void {
  const { optimizer, reduceOnPlateau, classWeight, schedule } = recipe;
  const name = optimizer.class_name;
  if (name === 'Adamax' || name === 'Nadam') {
    refuse(`${name} is not trained in PyTorch's semantics`, 'optimizer', 'class_name');
  }
  if ('epsilon_inside_root' in optimizer) {
    refuse('PyTorch adds epsilon to the root', 'optimizer', 'epsilon_inside_root');
  }
  if (optimizer.decay !== 0 && name !== 'Adagrad') {
    refuse('only Adagrad has a decay in PyTorch (lr_decay)', 'optimizer', 'decay');
  }
  if (optimizer.clipnorm !== undefined) {
    refuse('PyTorch has no clipnorm; clip_grad_norm_ is global_clipnorm', 'optimizer', 'clipnorm');
  }
  if (name === 'SGD' && optimizer.nesterov) {
    if (optimizer.momentum === 0 || (optimizer.dampening ?? 0) !== 0) {
      refuse('PyTorch has nesterov only with a momentum and no dampening', 'optimizer', 'nesterov');
    }
  }
  if (reduceOnPlateau !== undefined && reduceOnPlateau.threshold === undefined) {
    refuse('PyTorch has threshold_mode: give threshold "rel" or "abs"', 'reduceOnPlateau');
  }
  if (
    schedule?.kind === 'one-cycle' &&
    schedule.cycleMomentum !== null &&
    !hasMomentum(optimizer)
  ) {
    refuse(`${name} has no momentum for OneCycleLR to cycle`, 'schedule', 'cycleMomentum');
  }
  if (classWeight !== undefined) {
    refuse("PyTorch's weights of classes divide by their sum, and are not trained", 'classWeight');
  }
}

function hasMomentum(optimizer: Optimizer): boolean {
  switch (optimizer.class_name) {
    case 'SGD':
    case 'RMSprop':
      return (optimizer.momentum ?? 0) > 0;
    case 'Adam':
    case 'AdamW':
      return true;
    default:
      return false;
  }
}
