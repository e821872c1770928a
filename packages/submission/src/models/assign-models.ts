import type { Exercise, Lab } from '@labproof/lab';
import { type ModelPlan, planModel } from '@labproof/core';
import { compareModel, comparePlans } from './compare-plans.ts';
import type { FoundFile } from '../files/found-file.ts';
import type { ModelFile } from '../files/model-files.ts';
import type { SubmissionFiles } from '../files/submission-files.ts';
import {
  type ModelReadingOptions,
  type ReadModel,
  type SubmittedModel,
  readModel,
} from './submitted-model.ts';
import { versionsDiffer } from '../files/versions.ts';

/** The submitted models by exercise, and what was learnt about their files from their content. */
export interface AssignedModels {
  readonly byExercise: ReadonlyMap<string, SubmittedModel>;
  readonly found: readonly FoundFile[];
}

/**
 * Reads the models and gives each to its exercise: by name, and where no name says it, by its layers, if exactly
 * one exercise without a model has them. Of two with the name of one exercise the one counts that can be read, or whose layers are
 * those of the exercise; two that differ in their weights alone are for a person (`versions-differ`).
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
  const open: OpenModel[] = [];
  const tell = (source: ModelFile, matched: readonly string[], why: string): void => {
    for (const file of source.found) {
      found.push({ ...file, matched: [...matched], why: file.role === 'model' ? why : file.why });
    }
  };
  for (const source of models.filter(({ exercise }) => exercise === null)) {
    const rivalOf = source.rivalOf ?? null;
    if (rivalOf === null && lab.exercises.every(({ id }) => byExercise.has(id))) continue;
    const model = await readModel(source, files, reading);
    if (model.state !== 'read') continue;
    const taken = rivalOf === null ? undefined : byExercise.get(rivalOf);
    if (rivalOf === null || taken === undefined) {
      open.push({ source, model });
      continue;
    }
    const exercise = lab.exercises.find(({ id }) => id === rivalOf);
    const verdict = compareRivals(taken, model, exercise);
    if (verdict === 'same') {
      tell(source, [], `it holds the same network as ${taken.path}, which was taken`);
    } else if (verdict === 'first') {
      open.push({ source, model });
    } else if (verdict === 'second') {
      byExercise.set(rivalOf, model);
      const why = taken.state === 'read' ? 'has other layers' : 'could not be read';
      tell(source, [rivalOf], `it was taken for ${rivalOf}, since ${taken.path} ${why}`);
    } else {
      const refusal = versionsDiffer(`the model for ${rivalOf}`, [taken.path, model.path]);
      byExercise.set(rivalOf, {
        state: 'refused',
        path: taken.path,
        format: taken.format,
        refusal,
      });
      tell(source, [rivalOf], refusal.message);
    }
  }
  for (const { source, model } of open) {
    const fitting = lab.exercises.filter(
      ({ id, recipe }) => !byExercise.has(id) && hasLayersOf(planModel(recipe.model), model),
    );
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) continue;
    byExercise.set(only.id, model);
    tell(
      source,
      [only.id],
      `its name is no exercise's, but its layers are those of ${only.id} alone`,
    );
  }
  return { byExercise, found };
}

interface OpenModel {
  readonly source: ModelFile;
  readonly model: ReadModel;
}

/** Which of two models with the name of one exercise stands for it. */
function compareRivals(
  first: SubmittedModel,
  second: ReadModel,
  exercise: Exercise | undefined,
): 'same' | 'first' | 'second' | 'nobody knows' {
  if (first.state !== 'read')
    return first.refusal.code === 'versions-differ' ? 'nobody knows' : 'second';
  if (sameLayers(first.plan, second.plan)) {
    return first.digest === second.digest ? 'same' : 'nobody knows';
  }
  if (exercise === undefined) return 'nobody knows';
  const asked = planModel(exercise.recipe.model);
  if (hasLayersOf(asked, first)) return 'first';
  return hasLayersOf(asked, second) ? 'second' : 'nobody knows';
}

function hasLayersOf(expected: ModelPlan, model: ReadModel): boolean {
  return compareModel(expected, model).length === 0;
}

function sameLayers(expected: ModelPlan, found: ModelPlan): boolean {
  return comparePlans(expected, found).length === 0;
}
