import { z } from 'zod';
import type { CheckSpec } from './checks/check-spec.ts';

/** An idea that a good free-text answer contains; a suggestion to the human reader, never a mark by itself. */
export const RubricItemSchema = z.strictObject({
  concept: z.string(),
  points: z.number().positive(),
  /** What a reader looks for, in the instructor's words. */
  lookFor: z.string(),
  /**
   * Words and short phrases of which any one suggests that the concept is there, in any inflexion: "overfit",
   * "training accuracy above validation". Without them nothing is suggested.
   */
  words: z.array(z.string().min(1)).min(1).optional(),
});
export type RubricItem = z.infer<typeof RubricItemSchema>;

export const RubricSchema = z.array(RubricItemSchema).min(1);

/** What a person goes by who decides a check; nothing where a check is decided otherwise. */
export function rubricOf(check: CheckSpec): readonly RubricItem[] {
  return RubricSchema.safeParse(check['rubric']).data ?? [];
}
