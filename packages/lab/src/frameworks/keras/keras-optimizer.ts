import type { Optimizer, Recipe } from '@labproof/core';
import { call, float, literal, named } from '../python.ts';

const SCHEDULES = 'keras.optimizers.schedules';

/** What Keras has of a learning rate that changes with every batch; `null` for a rate that does not, or not so. */
function rateOverTime({ optimizer, schedule }: Recipe): string | null {
  const { learning_rate: rate, decay } = optimizer;
  if (schedule === undefined && decay > 0) {
    // Keras 2's `decay`: rate / (1 + decay · batches).
    return `${SCHEDULES}.InverseTimeDecay(${rate}, decay_steps=1, decay_rate=${decay})`;
  }
  if (schedule?.kind === 'exponential' || schedule?.kind === 'inverse-time') {
    const name = schedule.kind === 'exponential' ? 'ExponentialDecay' : 'InverseTimeDecay';
    const { decaySteps, decayRate, staircase } = schedule;
    return `${SCHEDULES}.${name}(${rate}, decay_steps=${decaySteps}, decay_rate=${decayRate}, staircase=${literal(staircase)})`;
  }
  if (schedule?.kind === 'piecewise') {
    const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
    return `${SCHEDULES}.PiecewiseConstantDecay(${list(schedule.boundaries)}, ${list(schedule.values)})`;
  }
  return null;
}

/** Options that are off, and that Keras's classes have off unless told. */
const OFF = new Set(['momentum', 'nesterov', 'centered', 'amsgrad', 'weight_decay', 'dampening']);

/** `keras.optimizers.Adam(…)` with every option of the recipe's that is not off. */
export function kerasOptimizer(recipe: Recipe): string {
  const { class_name: className, learning_rate: rate, ...options } = recipe.optimizer;
  const { decay: _, ...rest } = options;
  const shown = Object.entries(rest).filter(
    ([name, value]) => !PRIVATE.has(name) && !(OFF.has(name) && (value === 0 || value === false)),
  );
  return call(`keras.optimizers.${className}`, [
    `learning_rate=${rateOverTime(recipe) ?? float(rate)}`,
    ...named(Object.fromEntries(shown)),
  ]);
}

/** Options of a recipe that are no arguments of Keras's classes. */
const PRIVATE = new Set(['epsilon_inside_root', 'schedule_decay', 'dampening']);

/** Options that a version of Keras or a schedule does not have in code, each as a sentence. */
export function leftOutOfOptimizer(optimizer: Optimizer): string[] {
  return 'schedule_decay' in optimizer && optimizer.schedule_decay !== 1
    ? [`Keras 2's Nadam has schedule_decay=${optimizer.schedule_decay}; later versions do not.`]
    : [];
}
