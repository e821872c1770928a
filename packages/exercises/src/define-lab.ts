import { LabproofError, findDataset, planForTraining } from '@labproof/core';
import { type Lab, LabSchema } from '@labproof/lab';
import type { z } from 'zod';

type LabInput = z.input<typeof LabSchema>;

/** A lab as its author writes it. Bands come from JSON files, whose types TypeScript cannot know. */
export type LabSource = Omit<LabInput, 'exercises'> & {
  readonly exercises: readonly (Omit<LabInput['exercises'][number], 'bands'> & {
    readonly bands: unknown;
  })[];
};

/**
 * Checks a lab and returns it complete. Throws one `lab-invalid` that lists every problem of the first stage that
 * has any: its form, then what it means (data, models, points).
 */
export function defineLab(source: LabSource): Lab {
  const parsed = LabSchema.safeParse(source);
  if (!parsed.success) {
    throw invalidLab(
      source.id,
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
  const problems = labProblems(parsed.data);
  if (problems.length > 0) throw invalidLab(source.id, problems);
  return parsed.data;
}

function labProblems(lab: Lab): string[] {
  return [
    ...repeated(lab.exercises.map((exercise) => exercise.id)).map(
      (id) => `two exercises have the id ${id}`,
    ),
    ...repeated(lab.questions.map((question) => String(question.number))).map(
      (number) => `two questions have the number ${number}`,
    ),
    ...lab.exercises.flatMap(exerciseProblems),
    ...lab.questions.flatMap(rubricProblems),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function exerciseProblems({ id, recipe, bands }: Lab['exercises'][number]): string[] {
  const problems: string[] = [];
  if (bands !== null && bands.exercise !== id) {
    problems.push(`exercise ${id} carries the bands of ${bands.exercise}`);
  }
  try {
    const plan = planForTraining(recipe, findDataset(recipe.dataset));
    if (plan.inputShape.join() !== recipe.inputShape.join()) {
      const shapes = `[${plan.inputShape.join(', ')}], and the recipe says [${recipe.inputShape.join(', ')}]`;
      problems.push(`exercise ${id}: the model's first layer takes ${shapes}`);
    }
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    problems.push(`exercise ${id}: ${error.message}`);
  }
  return problems;
}

/** A rubric that does not add up to its question would leave the reader with points to invent or to lose. */
function rubricProblems({ id, checks }: Lab['questions'][number]): string[] {
  return checks.flatMap((check) => {
    if (check.kind !== 'free-text') return [];
    const sum = check.rubric.reduce((total, item) => total + item.points, 0);
    return sum === check.points
      ? []
      : [`question ${id}: its rubric adds up to ${sum} of ${check.points} points`];
  });
}

/** One error for all problems of a lab, which is named by its id or its file. */
export function invalidLab(name: string, problems: readonly string[]): LabproofError {
  const list = problems.map((problem) => `\n  - ${problem}`).join('');
  return new LabproofError({
    code: 'lab-invalid',
    owner: 'instructor',
    message: `The lab "${name}" has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:${list}`,
    fix: "Correct the lab's definition; each line names the place.",
  });
}
