import { z } from 'zod';

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
