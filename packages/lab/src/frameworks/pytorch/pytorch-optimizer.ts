import type { Optimizer, Recipe } from '@labproof/core';
import { call, literal, named } from '../python.ts';

/** An optimiser in PyTorch's words, schedulers that step with it, and what PyTorch has not. */
export interface PytorchOptimizer {
  readonly lines: readonly string[];
  /** Whether `scheduler` steps after every batch, after every epoch, or is not there. */
  readonly scheduler: 'batch' | 'epoch' | 'plateau' | null;
  readonly leftOut: readonly string[];
}

/** PyTorch's class, what it is given, and what Keras's has that it has not. `null` for one that it does not have. */
function optimizerCall(optimizer: Optimizer): string | null {
  const { learning_rate: lr } = optimizer;
  const on = (value: number | boolean | undefined): number | boolean | undefined =>
    value === 0 || value === false ? undefined : value;
  const make = (name: string, options: Readonly<Record<string, unknown>>): string =>
    call(`torch.optim.${name}`, ['model.parameters()', ...named({ lr, ...options })]);
  switch (optimizer.class_name) {
    case 'SGD':
      return make('SGD', {
        momentum: on(optimizer.momentum),
        nesterov: on(optimizer.nesterov),
        dampening: on(optimizer.dampening),
        weight_decay: on(optimizer.weight_decay),
      });
    case 'RMSprop':
      return make('RMSprop', {
        alpha: optimizer.rho,
        eps: optimizer.epsilon,
        momentum: on(optimizer.momentum),
        centered: on(optimizer.centered),
        weight_decay: on(optimizer.weight_decay),
      });
    case 'Adam':
    case 'AdamW': {
      const { beta_1: first, beta_2: second } = optimizer;
      const usual = first === 0.9 && second === 0.999;
      return make(optimizer.class_name, {
        betas: usual ? undefined : [first, second],
        eps: optimizer.epsilon,
        amsgrad: on(optimizer.amsgrad),
        weight_decay:
          optimizer.class_name === 'AdamW' ? optimizer.weight_decay : on(optimizer.weight_decay),
      });
    }
    case 'Adadelta':
      return make('Adadelta', {
        rho: optimizer.rho,
        eps: optimizer.epsilon,
        weight_decay: on(optimizer.weight_decay),
      });
    case 'Adagrad':
      return make('Adagrad', {
        initial_accumulator_value: on(optimizer.initial_accumulator_value),
        eps: optimizer.epsilon,
        weight_decay: on(optimizer.weight_decay),
      });
    case 'Adamax':
    case 'Nadam':
      return null;
  }
}

const LAMBDA = 'torch.optim.lr_scheduler.LambdaLR';

function schedulerOf(
  recipe: Recipe,
): Pick<PytorchOptimizer, 'scheduler'> & { line: string | null } {
  const { schedule, reduceOnPlateau: plateau, optimizer } = recipe;
  const name = 'torch.optim.lr_scheduler';
  const make = (kind: string, options: Readonly<Record<string, unknown>>): string =>
    `scheduler = ${call(`${name}.${kind}`, ['optimizer', ...named(options)])}`;
  if (plateau !== undefined) {
    const line = make('ReduceLROnPlateau', {
      mode: plateau.monitor.endsWith('accuracy') ? 'max' : 'min',
      factor: plateau.factor,
      // PyTorch lets the rate fall after one epoch more than its patience, Keras after as many.
      patience:
        recipe.semantics === 'pytorch' ? plateau.patience : Math.max(0, plateau.patience - 1),
      threshold: plateau.minDelta,
      threshold_mode: plateau.threshold ?? 'abs',
      cooldown: plateau.cooldown,
      min_lr: plateau.minLearningRate,
    });
    return { line, scheduler: 'plateau' };
  }
  if (schedule === undefined) {
    // Keras 2's `decay` of every optimiser: rate / (1 + decay · batches).
    return optimizer.decay === 0
      ? { line: null, scheduler: null }
      : {
          line: `scheduler = ${LAMBDA}(optimizer, lambda batches: 1 / (1 + ${optimizer.decay} * batches))`,
          scheduler: 'batch',
        };
  }
  switch (schedule.kind) {
    case 'step':
      return {
        line: make('StepLR', {
          step_size: schedule.everyEpochs,
          gamma: schedule.factor,
        }),
        scheduler: 'epoch',
      };
    case 'multi-step':
      return {
        line: make('MultiStepLR', {
          milestones: schedule.milestones,
          gamma: schedule.factor,
        }),
        scheduler: 'epoch',
      };
    case 'cosine':
      return {
        line: make('CosineAnnealingLR', {
          T_max: schedule.epochs,
          eta_min: schedule.minLearningRate,
        }),
        scheduler: 'epoch',
      };
    case 'exponential':
    case 'inverse-time': {
      const steps = `batches ${schedule.staircase ? '//' : '/'} ${schedule.decaySteps}`;
      const factor =
        schedule.kind === 'exponential'
          ? `${schedule.decayRate} ** (${steps})`
          : `1 / (1 + ${schedule.decayRate} * (${steps}))`;
      return {
        line: `scheduler = ${LAMBDA}(optimizer, lambda batches: ${factor})`,
        scheduler: 'batch',
      };
    }
    case 'piecewise': {
      const rates = schedule.values.map((value) => value / optimizer.learning_rate);
      const over = `sum(batches > end for end in ${literal(schedule.boundaries)})`;
      return {
        line: `scheduler = ${LAMBDA}(optimizer, lambda batches: ${literal(rates)}[${over}])`,
        scheduler: 'batch',
      };
    }
    case 'one-cycle':
      return {
        line: make('OneCycleLR', {
          max_lr: schedule.maxLearningRate,
          total_steps: schedule.totalSteps,
          pct_start: schedule.pctStart,
          anneal_strategy: schedule.anneal === 'cos' ? 'cos' : 'linear',
          cycle_momentum: schedule.cycleMomentum !== null,
          base_momentum: schedule.cycleMomentum?.base,
          max_momentum: schedule.cycleMomentum?.max,
          div_factor: schedule.divFactor,
          final_div_factor: schedule.finalDivFactor,
          three_phase: schedule.threePhase,
        }),
        scheduler: 'batch',
      };
  }
}

/** The optimiser of a recipe, with what changes its rate. */
export function pytorchOptimizer(recipe: Recipe): PytorchOptimizer {
  const { optimizer } = recipe;
  const made = optimizerCall(optimizer);
  const { line, scheduler } = schedulerOf(recipe);
  const { clipvalue, clipnorm, global_clipnorm: norm } = optimizer;
  return {
    lines: [...(made === null ? [] : [`optimizer = ${made}`]), ...(line === null ? [] : [line])],
    scheduler,
    leftOut: [
      ...(made === null
        ? [`The optimiser ${optimizer.class_name} is not one that PyTorch has in the same form.`]
        : []),
      ...(clipvalue === undefined
        ? []
        : [`Gradients are clipped: nn.utils.clip_grad_value_(model.parameters(), ${clipvalue}).`]),
      ...(norm === undefined
        ? []
        : [`Gradients are clipped: nn.utils.clip_grad_norm_(model.parameters(), ${norm}).`]),
      ...(clipnorm === undefined
        ? []
        : [`The gradient of every array is clipped to the norm ${clipnorm}.`]),
    ],
  };
}
