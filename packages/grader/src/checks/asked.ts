import { exercisesOf, type Lab, type Need, type Question } from '@labproof/lab';
import { checkKinds } from './registry.ts';

/** Whether a check of a question cannot decide without something. */
export function asksFor(need: Need, { checks }: Question): boolean {
  return checks.some((check) => checkKinds.needs(check, need));
}

/** The exercises of which some check needs something, in the lab's order: what a handout asks to hand in. */
export function exercisesToHandIn(lab: Lab, need: Need = 'model'): string[] {
  const questions = lab.questions.filter((question) => asksFor(need, question));
  const asked = new Set(questions.flatMap(exercisesOf));
  return lab.exercises.map(({ id }) => id).filter((id) => asked.has(id));
}
