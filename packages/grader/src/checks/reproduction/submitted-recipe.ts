import { OptimizerSchema, type Recipe, RecipeSchema } from '@labproof/core';
import type { CheckContext } from '../check-context.ts';
import { codeNetworkFor } from '../shared/code-network.ts';
import { comparePlans } from '@labproof/submission';
import { statedRecipe } from '../shared/stated-recipe.ts';
import { asSequential, MOST_EPOCHS, type SubmittedRecipe } from './recipe-parts.ts';
import { pytorchRecipe } from './pytorch-recipe.ts';

/**
 * The exercise's recipe with everything that the submission states otherwise put in: the model's layers, optimiser,
 * learning rate, loss, epochs and batch size. `null` where that is no recipe that can be trained.
 */
export function submittedRecipe(context: CheckContext): SubmittedRecipe | null {
  const { exercise, model } = context;
  if (exercise === null) return null;
  const base = exercise.recipe;
  if (model?.state === 'read' && model.training !== undefined) {
    return pytorchRecipe(context, base, model, model.training);
  }
  const stated = statedRecipe(context);
  const changed: string[] = [];
  const chosen = (
    what: string,
    found: string | number | undefined,
    expected: string | number,
  ): string | number => {
    if (found === undefined || found === expected) return expected;
    changed.push(`${what} ${found} instead of ${expected}`);
    return found;
  };
  const plan = model?.state === 'read' ? model.plan : (codeNetworkFor(context)?.plan ?? null);
  const differences = plan === null ? [] : comparePlans(context.reference(), plan);
  changed.push(
    ...differences.map(({ label, expected, found }) => `${label} ${found} instead of ${expected}`),
  );
  const parsed = RecipeSchema.safeParse({
    ...base,
    model: plan === null || differences.length === 0 ? base.model : asSequential(plan),
    optimizer: {
      ...optimizerNamed(
        chosen('optimiser', stated.get('optimizer')?.value, base.optimizer.class_name),
        base,
      ),
      ...withRate(stated.get('learning-rate')?.value, base, changed),
    },
    loss: chosen('loss', stated.get('loss')?.value, base.loss),
    epochs: chosen('epochs', stated.get('epochs')?.value, base.epochs),
    batchSize: chosen('batch size', stated.get('batch-size')?.value, base.batchSize),
  });
  if (!parsed.success || parsed.data.epochs > MOST_EPOCHS) return null;
  return { recipe: parsed.data, changed };
}

function optimizerNamed(name: string | number, { optimizer }: Recipe): object {
  return name === optimizer.class_name ? optimizer : (DEFAULTS.get(String(name)) ?? {});
}

function withRate(
  rate: string | number | undefined,
  { optimizer }: Recipe,
  changed: string[],
): { learning_rate?: number } {
  if (typeof rate !== 'number') return {};
  // Keras stores rates as float32.
  if (Math.fround(rate) === Math.fround(optimizer.learning_rate)) return {};
  changed.push(`learning rate ${rate} instead of ${optimizer.learning_rate}`);
  return { learning_rate: rate };
}

/** Defaults of Keras 2.3 to 3 for optimisers that a submission names without their options. */
const DEFAULTS: ReadonlyMap<string, object> = new Map<string, object>(
  [
    { class_name: 'SGD', learning_rate: 0.01, momentum: 0, nesterov: false },
    { class_name: 'RMSprop', learning_rate: 0.001, rho: 0.9, epsilon: 1e-7 },
    { class_name: 'Adam', learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
    { class_name: 'Adamax', learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
    { class_name: 'Adadelta', learning_rate: 0.001, rho: 0.95, epsilon: 1e-7 },
  ].map((options) => {
    const optimizer = OptimizerSchema.parse({ decay: 0, ...options });
    return [optimizer.class_name, optimizer];
  }),
);
