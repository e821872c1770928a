import { type Exercise, type Lab, type PlaygroundExercise, playgroundsOf } from '@labproof/lab';
import { findExercise, type Labs } from '@labproof/exercises';
import { cliError } from '../errors.ts';

/** What `LAB[/EXERCISE]` names: one exercise, or all of a lab. */
export interface Target {
  readonly lab: Lab;
  readonly exercises: readonly Exercise[];
  readonly single: boolean;
}

/** As `resolveTarget`, with the exercises on the playground, which are run but not calibrated or verified. */
export function resolveRunTarget(
  labs: Labs,
  target: string,
): Target & { readonly playgrounds: readonly PlaygroundExercise[] } {
  const [labId = '', exerciseId, ...rest] = target.split('/');
  const playgrounds = rest.length === 0 && labId !== '' ? playgroundsOf(labs.find(labId)) : [];
  const named = playgrounds.filter(({ id }) => id === exerciseId);
  if (named.length > 0) {
    return { lab: labs.find(labId), exercises: [], single: true, playgrounds: named };
  }
  const resolved = resolveTarget(labs, target);
  return { ...resolved, playgrounds: resolved.single ? [] : playgrounds };
}

/** Splits `LAB[/EXERCISE]`; unknown names are errors with a suggestion. */
export function resolveTarget(labs: Labs, target: string): Target {
  const [labId = '', exerciseId, ...rest] = target.split('/');
  if (rest.length > 0 || exerciseId === '') {
    throw cliError('cli-bad-target', {
      message: `"${target}" is not of the form LAB or LAB/EXERCISE`,
      fix: 'See "labproof labs" for the names.',
    });
  }
  const lab = labs.find(labId);
  return exerciseId === undefined
    ? { lab, exercises: lab.exercises, single: false }
    : { lab, exercises: [findExercise(lab, exerciseId)], single: true };
}

/** What is said where a lab asks for words alone. */
export function nothingToTrain({ id }: Lab): string {
  return `${id} has no networks: there is nothing to train.\n`;
}
