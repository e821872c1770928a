import { z } from 'zod';

/** A file of the submission, what it was taken for and why. */
export const FoundFileSchema = z.strictObject({
  path: z.string(),
  role: z.enum(['answers', 'model', 'weights', 'history', 'image', 'declaration', 'ignored']),
  /** Exercise or question ids that it was matched to. */
  matched: z.array(z.string()),
  why: z.string(),
});
export type FoundFile = z.infer<typeof FoundFileSchema>;
