import { exercisesOf, type Lab, type Question } from '@labproof/lab';
import { needs } from './registry.ts';

/** Whether a model has to be handed in for a question. */
export function asksForModel({ checks }: Question): boolean {
  return checks.some((check) => needs(check, 'model'));
}

/** The exercises whose trained model some check needs, in the lab's order: what a handout asks for. */
export function exercisesToHandIn(lab: Lab): string[] {
  const asked = new Set(lab.questions.filter(asksForModel).flatMap(exercisesOf));
  return lab.exercises.map(({ id }) => id).filter((id) => asked.has(id));
}
