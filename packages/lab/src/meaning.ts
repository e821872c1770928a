import { clauseOf, type DatasetCatalogue, LabproofError, planForTraining } from '@labproof/core';
import type { CheckKinds } from './checks/check-kinds.ts';
import type { Exercise } from './exercise.ts';
import type { LabIssue, LabParts } from './parts.ts';
import type { Question } from './question.ts';

/** Networks that cannot be trained on their data, bands of something else, and what each check finds wrong with itself. */
export function meaningIssues(
  parts: LabParts,
  datasets: DatasetCatalogue,
  checks: CheckKinds,
): LabIssue[] {
  return [
    ...parts.exercises.flatMap(({ value }, index) =>
      value === null ? [] : exerciseIssues(value, ['exercises', index], datasets),
    ),
    ...parts.questions.flatMap(({ value }, index) =>
      value === null ? [] : checkIssues(value, ['questions', index], parts, checks),
    ),
  ];
}

function exerciseIssues(
  { id, recipe, bands }: Exercise,
  path: readonly PropertyKey[],
  datasets: DatasetCatalogue,
): LabIssue[] {
  const issues: LabIssue[] = [];
  if (bands !== null && bands.exercise !== id) {
    issues.push({
      path: [...path, 'bands', 'exercise'],
      message: `exercise ${id} carries the bands of ${bands.exercise}`,
      instead: `Measure its own: labproof calibrate.`,
    });
  }
  const inRecipe = (field: readonly PropertyKey[], message: string, instead = ''): void =>
    void issues.push({
      path: [...path, 'recipe', ...field],
      message: `exercise ${id}: ${message}`,
      instead,
    });
  const dataset = attempt(() => datasets.find(recipe.dataset));
  if (dataset instanceof LabproofError) {
    inRecipe(['dataset'], clauseOf(dataset), dataset.fix);
    return issues;
  }
  const plan = attempt(() => planForTraining(recipe, dataset));
  if (plan instanceof LabproofError) {
    const layer = layerNamed(plan.message, recipe);
    const path = layer === null ? ['model'] : ['model', 'layers', layer];
    inRecipe(path, clauseOf(plan), plan.fix);
  } else if (plan.inputShape.join() !== recipe.inputShape.join()) {
    const shapes = `[${plan.inputShape.join(', ')}], and the recipe says [${recipe.inputShape.join(', ')}]`;
    inRecipe(['inputShape'], `the model's first layer takes ${shapes}`);
  }
  return issues;
}

/** The layer that the planner names, so that a line of its own can be shown; the whole model where it names none. */
function layerNamed(message: string, { model }: Exercise['recipe']): number | null {
  const index = model.layers.findIndex(
    ({ config }) => typeof config['name'] === 'string' && message.includes(`"${config['name']}"`),
  );
  return index < 0 ? null : index;
}

function attempt<T>(work: () => T): T | LabproofError {
  try {
    return work();
  } catch (error) {
    if (error instanceof LabproofError) return error;
    throw error;
  }
}

function checkIssues(
  question: Question,
  path: readonly PropertyKey[],
  parts: LabParts,
  kinds: CheckKinds,
): LabIssue[] {
  return question.checks.flatMap((check, index) =>
    (kinds.find(check.kind)?.issues(check, question, parts) ?? []).map(
      ({ option, message, instead }) => ({
        path: [...path, 'checks', index, ...(option === undefined ? [] : [option])],
        message,
        instead,
      }),
    ),
  );
}
