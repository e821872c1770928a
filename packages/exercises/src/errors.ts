import { join } from 'node:path';
import { closestName, type LabproofError } from '@labproof/core';
import {
  invalidLab,
  type LabProblem,
  type LabReading,
  problemList,
  problemText,
} from '@labproof/lab';
import { exerciseErrors } from './exercise-errors.ts';

/** `lab-invalid` with every problem of a lab, each with the path to its file as the user would write it. */
export function wrongLab(folder: string, reading: LabReading): LabproofError {
  return invalidLab(folder, texts(folder, reading.problems), texts(folder, reading.notes));
}

/** The same of a lab of Labproof's, which is no mistake of the user. */
export function damagedLab(folder: string, { problems }: LabReading): LabproofError {
  return exerciseErrors.error('lab-damaged', {
    message: problemList(folder, texts(folder, problems)),
    fix: 'Install Labproof again; in a checkout, correct the lab.',
  });
}

function texts(folder: string, problems: readonly LabProblem[]): string[] {
  return problems.map((problem) => problemText({ ...problem, file: join(folder, problem.file) }));
}

/** Two labs of one id; `other` is the folder of the other, or `null` where it is Labproof's. */
export function labIdTaken(id: string, folder: string, other: string | null): LabproofError {
  return exerciseErrors.error('lab-id-taken', {
    message: `The lab in ${folder} has the id "${id}", which is that of another: ${other ?? 'a lab of Labproof'}.`,
    fix: 'Give its folder another name, which is its id; where its lab.yaml says "id:", change that.',
  });
}

/** A lab or an exercise that is not there, and the one that was probably meant. */
export function unknownName(
  what: 'lab' | 'exercise',
  id: string,
  known: readonly string[],
  where = '',
): LabproofError {
  const meant = closestName(id, known);
  return exerciseErrors.error(`${what}-unknown`, {
    message: `There is no ${what} "${id}"${where}.`,
    fix:
      meant === null
        ? `Name one of these: ${known.join(', ')}.`
        : `Did you mean "${meant}"? There ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ')}.`,
  });
}

/** Bands for a lab of an installed Labproof. */
export function installedBands(target: string, folder: string): LabproofError {
  return exerciseErrors.error('bands-not-a-checkout', {
    message: `The bands of ${target} belong to an installed Labproof in ${folder}, which an update would overwrite.`,
    fix: "Copy the lab's folder and calibrate the copy, or calibrate in a checkout of the sources.",
  });
}
