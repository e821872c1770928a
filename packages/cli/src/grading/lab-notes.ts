import { exercisesOf, exercisesWithOtherBands, type Lab, problemText } from '@labproof/lab';
import type { Context } from '../program/context.ts';
import { cliError } from '../errors.ts';

/** Prints what the author of a lab of the user's own should know of it. */
export function printLabNotes(context: Context, lab: Lab): void {
  for (const note of context.labs.notesOf(lab.id)) context.err(`note: ${problemText(note)}\n`);
}

/** Refuses to grade by pass marks that were measured with another recipe than the lab's. */
export function requireOwnBands(lab: Lab): void {
  const asked = new Set(lab.questions.flatMap((question) => exercisesOf(question)));
  const exercise = exercisesWithOtherBands(lab).find((id) => asked.has(id));
  if (exercise === undefined) return;
  throw cliError('bands-of-another-recipe', {
    message: `The bands of ${lab.id}/${exercise} were measured with another recipe than the one that students train now, so its pass mark says nothing about them.`,
    fix: `Measure them: labproof --labs DIR calibrate ${lab.id}/${exercise}. Without bands/${exercise}.json it needs manual grading.`,
  });
}
