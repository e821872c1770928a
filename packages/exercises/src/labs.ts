import { LabproofError, closestName } from '@labproof/core';
import { type Exercise, type Lab, type LabFile, playgroundsOf } from '@labproof/lab';
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
/** Labs of the user's own, with the folders that they come from. */
const added = new Map<string, AddedLab>();

interface AddedLab {
  readonly lab: Lab;
  readonly directory: string;
  /** Datasets that the lab declares itself. */
  readonly datasets: LabFile['datasets'];
}

/** Every lab, in the order in which they are shown: Labproof's, then the user's own. */
export function listLabs(): readonly Lab[] {
  return labIds().map(findLab);
}

function labIds(): string[] {
  return [...new Set([...LABS.keys(), ...added.keys()])];
}

/**
 * Makes a lab of the user's own known. `lab-id-taken` when there is another of that id; only a student edition may
 * stand in the place of a lab of Labproof.
 */
export function addLab(lab: Lab, directory: string, datasets: LabFile['datasets'] = []): void {
  const builtIn = LABS.has(lab.id) && lab.edition !== 'student';
  const other = builtIn ? 'a lab of Labproof' : added.get(lab.id)?.directory;
  if (other !== undefined && other !== directory) {
    throw new LabproofError({
      code: 'lab-id-taken',
      owner: 'instructor',
      message: `The lab in ${directory} has the id "${lab.id}", which is that of another: ${other}.`,
      fix: 'Give the lab another id in its lab.json.',
    });
  }
  added.set(lab.id, { lab, directory, datasets });
}

/** The folder of a lab of the user's own; `null` for one of Labproof's. */
export function labDirectory(id: string): string | null {
  return added.get(id)?.directory ?? null;
}

/** Whether a lab is the user's own. */
export function isOwnLab(id: string): boolean {
  return added.has(id);
}

/** The datasets that a lab of the user's own declares; none for one of Labproof's. */
export function labDatasets(id: string): LabFile['datasets'] {
  return added.get(id)?.datasets ?? [];
}

/** A lab by its id; `lab-unknown` when there is none. */
export function findLab(id: string): Lab {
  const known = added.get(id)?.lab ?? defined.get(id);
  if (known !== undefined) return known;
  const define = LABS.get(id);
  if (define === undefined) throw unknown('lab', id, labIds());
  const lab = define();
  defined.set(id, lab);
  return lab;
}

/** An exercise of a lab by its id; `exercise-unknown` when the lab has none of that name. */
export function findExercise(lab: Lab, id: string): Exercise {
  const exercise = lab.exercises.find((exercise) => exercise.id === id);
  if (exercise !== undefined) return exercise;
  const playgrounds = playgroundsOf(lab).map((playground) => playground.id);
  if (playgrounds.includes(id)) {
    throw new LabproofError({
      code: 'exercise-on-playground',
      owner: 'instructor',
      message: `The exercise "${id}" is one on the playground: it has no recipe, so there is nothing to calibrate or to verify.`,
      fix: `Run it with "labproof run ${lab.id}/${id}".`,
    });
  }
  throw unknown(
    'exercise',
    id,
    [...lab.exercises.map((exercise) => exercise.id), ...playgrounds],
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
