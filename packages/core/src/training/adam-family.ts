import { exp64, log64 } from '../engines/oracle/elementary.ts';
import type { Kernels } from '../engines/kernels.ts';
import type { Optimizer } from '../optimizer-schema.ts';
import type { UpdateOfStep } from './optimizer.ts';

type Named<Name extends Optimizer['class_name']> = Extract<Optimizer, { class_name: Name }>;
type Betas = Pick<Named<'Adam'>, 'beta_1' | 'beta_2'>;

/** Powers of the betas by repeated float64 multiplication of the float32 betas; `Math.pow` is not the same everywhere. */
export class BetaPowers {
  readonly #betas: readonly [number, number];
  #exponent = 0;
  #powers: [number, number] = [1, 1];

  constructor({ beta_1: beta1, beta_2: beta2 }: Betas) {
    this.#betas = [Math.fround(beta1), Math.fround(beta2)];
  }

  after(exponent: number): readonly [number, number] {
    if (exponent < this.#exponent) {
      this.#exponent = 0;
      this.#powers = [1, 1];
    }
    for (; this.#exponent < exponent; this.#exponent += 1) {
      this.#powers = [this.#powers[0] * this.#betas[0], this.#powers[1] * this.#betas[1]];
    }
    return this.#powers;
  }
}

/** Kingma & Ba, ICLR 2015, in the order of section 2's last paragraph. Source: `keras/optimizers.py`, `Adam`. */
export function bindAdam(optimizer: Named<'Adam'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const powers = new BetaPowers(optimizer);
  return (learningRate, iterations) => {
    const stepSize = kernels.adamStepSize(learningRate, ...powers.after(iterations + 1));
    return ({ pointer, gradient, length, slots: [m = 0, v = 0] }) =>
      kernels.adam(pointer, gradient, m, v, length, stepSize, beta1, beta2, epsilon);
  };
}

/**
 * Loshchilov & Hutter, ICLR 2019: every trained array first loses w · (weight_decay · lr), then Adam.
 * Source: Keras 3's `AdamW` and `Optimizer._apply_weight_decay`.
 */
export function bindAdamW(optimizer: Named<'AdamW'>, kernels: Kernels): UpdateOfStep {
  const adam = bindAdam({ ...optimizer, class_name: 'Adam' }, kernels);
  return (learningRate, iterations) => {
    const update = adam(learningRate, iterations);
    const factor = Math.fround(Math.fround(optimizer.weight_decay) * learningRate);
    return (parameter) => {
      kernels.decayWeights(parameter.pointer, parameter.length, factor);
      update(parameter);
    };
  };
}

/** Adamax's step lr / (1 − β1ᵗ), computed in float64 and rounded once. */
export function adamaxSteps(
  optimizer: Named<'Adamax'>,
): (learningRate: number, iterations: number) => number {
  const powers = new BetaPowers(optimizer);
  return (learningRate, iterations) =>
    Math.fround(learningRate / (1 - powers.after(iterations + 1)[0]));
}

/** Kingma & Ba, ICLR 2015, section 7.1. Source: Keras 3's `Adamax`. */
export function bindAdamax(optimizer: Named<'Adamax'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const stepSizeOf = adamaxSteps(optimizer);
  return (learningRate, iterations) => {
    const stepSize = stepSizeOf(learningRate, iterations);
    return ({ pointer, gradient, length, slots: [m = 0, u = 0] }) =>
      kernels.adamax(pointer, gradient, m, u, length, stepSize, beta1, beta2, epsilon);
  };
}

/** log(0.96), of the momentum schedule that Dozat's report recommends. */
const LOG_SCHEDULE_BASE = log64(0.96);

/** The momentum schedule μ_t = β1 · (1 − ½ · 0.96^(t · schedule_decay)) and the products μ_1 … μ_t, in float64. */
class MomentumSchedule {
  readonly #optimizer: Named<'Nadam'>;
  #count = 0;
  #product = 1;

  constructor(optimizer: Named<'Nadam'>) {
    this.#optimizer = optimizer;
  }

  at(t: number): number {
    const { beta_1: beta1, schedule_decay: decay } = this.#optimizer;
    return Math.fround(beta1) * (1 - 0.5 * exp64(LOG_SCHEDULE_BASE * (t * decay)));
  }

  productUpTo(t: number): number {
    if (t < this.#count) {
      this.#count = 0;
      this.#product = 1;
    }
    for (; this.#count < t; this.#count += 1) this.#product *= this.at(this.#count + 1);
    return this.#product;
  }
}

/** What one step of Nadam multiplies the first moment, the gradient and the second moment with. */
interface NadamFactors {
  readonly momentFactor: number;
  readonly gradientFactor: number;
  readonly varianceFactor: number;
}

/** The factors of a step, computed in float64 and rounded once. */
export function nadamSteps(
  optimizer: Named<'Nadam'>,
): (learningRate: number, iterations: number) => NadamFactors {
  const powers = new BetaPowers(optimizer);
  const schedule = new MomentumSchedule(optimizer);
  return (learningRate, iterations) => {
    const t = iterations + 1;
    const [now, next] = [schedule.at(t), schedule.at(t + 1)];
    const product = schedule.productUpTo(t);
    return {
      momentFactor: Math.fround((learningRate * next) / (1 - product * next)),
      gradientFactor: Math.fround((learningRate * (1 - now)) / (1 - product)),
      varianceFactor: Math.fround(1 / (1 - powers.after(t)[1])),
    };
  };
}

/**
 * Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016. Source: Keras 3's `Nadam`, and with another
 * `schedule_decay` Keras 2.2's.
 */
export function bindNadam(optimizer: Named<'Nadam'>, kernels: Kernels): UpdateOfStep {
  const { beta_1: beta1, beta_2: beta2, epsilon } = optimizer;
  const factorsOf = nadamSteps(optimizer);
  return (learningRate, iterations) => {
    const { momentFactor, gradientFactor, varianceFactor } = factorsOf(learningRate, iterations);
    return ({ pointer, gradient, length, slots: [m = 0, v = 0] }) =>
      kernels.nadam(
        pointer,
        gradient,
        m,
        v,
        length,
        momentFactor,
        gradientFactor,
        varianceFactor,
        beta1,
        beta2,
        epsilon,
      );
  };
}
