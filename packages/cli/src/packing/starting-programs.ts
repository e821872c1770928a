import type { OutputFile } from '@labproof/class';
import { checkKinds } from '@labproof/grader';
import { exercisesOf, type Framework, type Lab, startingScript } from '@labproof/lab';

/** A program for every exercise that a question names, in each framework: `code/EXERCISE.py`, or in a folder a framework. */
export function startingPrograms(lab: Lab, frameworks: readonly Framework[]): OutputFile[] {
  const asked = new Set(lab.questions.flatMap(exercisesOf));
  return frameworks.flatMap((framework) => {
    const folder = frameworks.length > 1 ? `code/${framework}` : 'code';
    return lab.exercises
      .filter(({ id }) => asked.has(id))
      .map((exercise) => ({
        path: `${folder}/${exercise.id}.py`,
        content: startingScript(exercise, lab, checkKinds, framework),
      }));
  });
}
