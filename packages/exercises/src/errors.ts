import { join } from 'node:path';
import { closestName, LabproofError, type Owner } from '@labproof/core';
import { invalidLab, type LabProblem, type LabReading, problemText } from '@labproof/lab';

/** `lab-invalid` with every problem of a lab, each with the path to its file as the user would write it. */
export function wrongLab(
  folder: string,
  { problems, notes }: Pick<LabReading, 'problems' | 'notes'>,
  owner: Owner,
): LabproofError {
  const texts = (found: readonly LabProblem[]): string[] =>
    found.map((problem) => problemText({ ...problem, file: join(folder, problem.file) }));
  return invalidLab(folder, texts(problems), { owner, notes: texts(notes) });
}

/** Two labs of one id; `other` is the folder of the other, or `null` where it is Labproof's. */
export function labIdTaken(id: string, folder: string, other: string | null): LabproofError {
  return new LabproofError({
    code: 'lab-id-taken',
    owner: 'instructor',
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

/** Bands for a lab of an installed Labproof. */
export function installedBands(target: string, folder: string): LabproofError {
  return new LabproofError({
    code: 'bands-not-a-checkout',
    owner: 'instructor',
    message: `The bands of ${target} belong to an installed Labproof in ${folder}, which an update would overwrite.`,
    fix: "Copy the lab's folder and calibrate the copy, or calibrate in a checkout of the sources.",
  });
}
