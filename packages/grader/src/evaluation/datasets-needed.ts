import { type Lab, exercisesOf } from '@labproof/lab';
import { checkKinds } from '../checks/registry.ts';

/**
 * The datasets on which the given exercises' models are examined, in the order of the questions; those of the others
 * need not even be there.
 */
export function datasetsNeeded(lab: Lab, submitted: ReadonlySet<string>): string[] {
  const datasetsOf = (ids: Iterable<string>): string[] =>
    [...ids].flatMap((id) =>
      lab.exercises.filter((exercise) => exercise.id === id).map(({ recipe }) => recipe.dataset),
    );
  const wanted = new Set(datasetsOf(submitted));
  const examined = lab.questions
    .filter(({ checks }) => checks.some((check) => checkKinds.needs(check, 'test-images')))
    .flatMap((question) => datasetsOf(exercisesOf(question)));
  return [...new Set(examined)].filter((id) => wanted.has(id));
}
