import type { Exercise, Lab } from '@labproof/lab';
import type { ExerciseStructure } from './exercise-structure.ts';

/** The networks of a lab's exercises, with the images that they take. */
export function labStructures(lab: Lab): ExerciseStructure[] {
  return lab.exercises.flatMap((exercise) => {
    const imageShape = imageShapeOf(exercise, lab);
    return imageShape === null
      ? []
      : [{ id: exercise.id, model: exercise.recipe.model, imageShape }];
  });
}

/**
 * `[height, width, channels]` of an exercise's images. A network that takes them flat does not say it; another exercise
 * on the same data does, or their number does where the images are square, in grey or in three colours.
 */
function imageShapeOf({ recipe }: Exercise, lab: Lab): [number, number, number] | null {
  const shapes = [recipe, ...lab.exercises.map((exercise) => exercise.recipe)]
    .filter(({ dataset }) => dataset === recipe.dataset)
    .map(({ inputShape }) => inputShape);
  for (const [height, width, channels] of shapes.filter((shape) => shape.length === 3)) {
    if (height !== undefined && width !== undefined && channels !== undefined) {
      return [height, width, channels];
    }
  }
  const length = recipe.inputShape.reduce((product, extent) => product * extent, 1);
  const channels = [1, 3].find((count) => Number.isInteger(Math.sqrt(length / count)));
  if (channels === undefined) return null;
  const side = Math.sqrt(length / channels);
  return [side, side, channels];
}
