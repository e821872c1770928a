import { type Loss, planModel, type Recipe } from '@labproof/core';

/** Outputs of a recipe's network: one a class. */
export function classesOf({ model }: Recipe): number {
  return planModel(model).outputShape.at(-1) ?? 1;
}

/** Whether a loss is held against a row of zeros and a one, and not against the number of a class. */
export function labelsAreOneHot(loss: Loss): boolean {
  return loss !== 'sparse_categorical_crossentropy';
}
