import { exp64 } from '../elementary/exponential.ts';
import { log64 } from '../elementary/logarithm.ts';
import type { Optimizer } from '../recipe/optimizer.ts';

type Named<Name extends Optimizer['class_name']> = Extract<Optimizer, { class_name: Name }>;
type Betas = Pick<Named<'Adam'>, 'beta_1' | 'beta_2'>;

/** Powers of the betas by repeated float64 multiplication of the float32 betas; `Math.pow` is not the same everywhere. */
class BetaPowers {
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

/** Adam's step lr · √(1 − β2ᵗ) / (1 − β1ᵗ), each operation rounded to float32. */
export function adamSteps(betas: Betas): (learningRate: number, iterations: number) => number {
  const f = Math.fround;
  const powers = new BetaPowers(betas);
  return (learningRate, iterations) => {
    const [beta1Power, beta2Power] = powers.after(iterations + 1);
    const root = f(Math.sqrt(f(1 - f(beta2Power))));
    return f(f(f(learningRate) * root) / f(1 - f(beta1Power)));
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
