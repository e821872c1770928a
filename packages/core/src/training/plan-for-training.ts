import type { Dataset } from '../datasets/dataset.ts';
import { coreError } from '../errors/core-errors.ts';
import { sizeOf } from '../layers/layer.ts';
import { type ModelPlan, planModel } from '../model/plan.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { withPytorchDefaults } from './pytorch-layers.ts';

type DataShape = Pick<Dataset, 'imageShape' | 'classes' | 'id'>;

/** Plans a recipe's model and refuses what can be evaluated but not trained, or does not fit the data. */
export function planForTraining(recipe: Recipe, dataset: DataShape): ModelPlan {
  const plan = planModel(
    recipe.semantics === 'pytorch' ? withPytorchDefaults(recipe.model) : recipe.model,
  );
  checkLayers(plan);
  checkShapes(plan, dataset);
  checkFit(recipe, dataset);
  return plan;
}

function checkLayers(plan: ModelPlan): void {
  for (const layer of plan.layers) {
    if (layer.untrainable.length > 0) {
      throw coreError('recipe-untrainable-option', {
        message: `The layer "${layer.name}" sets ${layer.untrainable.join(
          ', ',
        )}, which training does not support.`,
        fix: 'Remove the option from the recipe.',
      });
    }
  }
}

function checkShapes(plan: ModelPlan, dataset: DataShape): void {
  const inputs = sizeOf(plan.inputShape);
  const pixels = sizeOf(dataset.imageShape);
  if (inputs !== pixels) {
    throw coreError('recipe-input-shape', {
      message: `The model takes ${inputs} values an example ([${plan.inputShape.join(
        ', ',
      )}]), but an image of ${dataset.id} has ${pixels} ([${dataset.imageShape.join(', ')}]).`,
      fix: 'Give the first layer the shape of the data.',
    });
  }
  const outputs = sizeOf(plan.outputShape);
  const classes = dataset.classes.length;
  const oneForTwo = outputs === 1 && classes === 2;
  if (outputs !== classes && !oneForTwo) {
    throw coreError('recipe-output-shape', {
      message: `The model gives ${outputs} values an example, but ${dataset.id} has ${classes} classes.`,
      fix: `Give the last layer ${classes} units.`,
    });
  }
}

function checkFit(recipe: Recipe, dataset: DataShape): void {
  const { classWeight, validation, schedule, reduceOnPlateau, earlyStopping } = recipe;
  if (classWeight !== undefined && classWeight.length !== dataset.classes.length) {
    throw coreError('recipe-class-weight', {
      message: `The recipe's classWeight has ${classWeight.length} values, but ${dataset.id} has ${dataset.classes.length} classes.`,
      fix: 'Give one weight for each class, 1 for those that are not weighed.',
    });
  }
  for (const [option, settings] of Object.entries({
    reduceOnPlateau,
    earlyStopping,
  })) {
    if (settings?.monitor.startsWith('val_') === true && validation.from === 'none') {
      throw coreError('recipe-nothing-to-monitor', {
        message: `The recipe's ${option} monitors ${settings.monitor}, but the recipe has no validation.`,
        fix: 'Monitor loss or accuracy, or give the recipe a validation.',
      });
    }
  }
  if (schedule !== undefined && reduceOnPlateau !== undefined) {
    throw coreError('recipe-two-schedules', {
      message:
        'The recipe has both schedule and reduceOnPlateau, and both would set the learning rate.',
      fix: 'Keep one of them.',
    });
  }
}
