import type { Lab } from '@labproof/lab';
import { type ModelPlan, planModel } from '@labproof/core';
import { comparePlans } from './compare-plans.ts';
import type { FoundFile } from '../files/found-file.ts';
import type { ModelFile } from '../files/model-files.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import { type ModelReadingOptions, type SubmittedModel, readModel } from './submitted-model.ts';

/** The submitted models by exercise, and what was learnt about their files from their content. */
export interface AssignedModels {
  readonly byExercise: ReadonlyMap<string, SubmittedModel>;
  readonly found: readonly FoundFile[];
}

/**
 * Reads the models and gives each to its exercise: by name, and where no name says it, by its layers, if exactly
 * one exercise without a model has them.
 */
export async function assignModels(
  models: readonly ModelFile[],
  files: SubmissionFiles,
  lab: Lab,
  reading: ModelReadingOptions,
): Promise<AssignedModels> {
  const byExercise = new Map<string, SubmittedModel>();
  for (const source of models) {
    if (source.exercise !== null)
      byExercise.set(source.exercise, await readModel(source, files, reading));
  }
  const found: FoundFile[] = [];
  const open = lab.exercises.filter(({ id }) => !byExercise.has(id));
  if (open.length > 0) {
    for (const source of models.filter(({ exercise }) => exercise === null)) {
      const model = await readModel(source, files, reading);
      if (model.state !== 'read') continue;
      const fitting = open.filter(
        ({ id, recipe }) => !byExercise.has(id) && sameLayers(planModel(recipe.model), model.plan),
      );
      const [only] = fitting;
      if (only === undefined || fitting.length > 1) continue;
      byExercise.set(only.id, model);
      for (const file of source.found) {
        const why = `its name is no exercise's, but its layers are those of ${only.id} alone`;
        found.push({ ...file, matched: [only.id], why: file.role === 'model' ? why : file.why });
      }
    }
  }
  return { byExercise, found };
}

function sameLayers(expected: ModelPlan, found: ModelPlan): boolean {
  return comparePlans(expected, found).length === 0;
}
