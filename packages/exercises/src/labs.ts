import { type Exercise, type Lab, LabproofError, closestName } from '@labproof/core';
import { deepNetworksAndConvolution } from './deep-networks-and-convolution/lab.ts';
import { imageRecognition } from './image-recognition/lab.ts';
import { kerasCnnWorkbook } from './keras-cnn-workbook/lab.ts';
import { kerasTutorial } from './keras-tutorial/lab.ts';

// Functions, so that a lab that is wrong is reported when it is asked for and not while the program starts.
const LABS: ReadonlyMap<string, () => Lab> = new Map([
  ['image-recognition', imageRecognition],
  ['keras-cnn-workbook', kerasCnnWorkbook],
  ['deep-networks-and-convolution', deepNetworksAndConvolution],
  ['keras-tutorial', kerasTutorial],
]);
const defined = new Map<string, Lab>();

/** Every lab, in the order in which they are shown. */
export function listLabs(): readonly Lab[] {
  return [...LABS.keys()].map(findLab);
}

/** A lab by its id; `lab-unknown` when there is none. */
export function findLab(id: string): Lab {
  const known = defined.get(id);
  if (known !== undefined) return known;
  const define = LABS.get(id);
  if (define === undefined) throw unknown('lab', id, [...LABS.keys()]);
  const lab = define();
  defined.set(id, lab);
  return lab;
}

/** An exercise of a lab by its id; `exercise-unknown` when the lab has none of that name. */
export function findExercise(lab: Lab, id: string): Exercise {
  const exercise = lab.exercises.find((exercise) => exercise.id === id);
  if (exercise !== undefined) return exercise;
  throw unknown(
    'exercise',
    id,
    lab.exercises.map((exercise) => exercise.id),
    ` in the lab "${lab.id}"`,
  );
}

function unknown(
  what: 'lab' | 'exercise',
  id: string,
  known: readonly string[],
  where = '',
): LabproofError {
  const meant = closestName(id, known);
  return new LabproofError({
    code: `${what}-unknown`,
    owner: 'instructor',
    message: `There is no ${what} "${id}"${where}.`,
    fix:
      meant === null
        ? `Name one of these: ${known.join(', ')}.`
        : `Did you mean "${meant}"? There ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ')}.`,
  });
}
