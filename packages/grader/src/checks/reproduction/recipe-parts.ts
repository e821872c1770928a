import type { ModelPlan, Recipe, SequentialConfig } from '@labproof/core';

/** The recipe that a submission states, and in what it differs from the exercise's. */
export interface SubmittedRecipe {
  readonly recipe: Recipe;
  readonly changed: readonly string[];
}

/** Trainings longer than this are not repeated for a submission. */
export const MOST_EPOCHS = 100;

/** The layers of a planned network as a recipe writes them. */
export function asSequential({ inputShape, layers }: ModelPlan): SequentialConfig {
  return {
    name: 'submitted',
    layers: layers.map(({ className, name, config }, index) => ({
      class_name: className,
      config: {
        ...config,
        name,
        ...(index === 0 ? { batch_input_shape: [null, ...inputShape] } : {}),
      },
    })),
  };
}
