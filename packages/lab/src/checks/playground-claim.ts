import { z } from 'zod';

/**
 * A playground network that the answer describes reaches the target of the lab's playground exercise
 * `playground` in as many of `runs` seeded runs as its bounds ask for.
 */
export const PlaygroundClaimSpec = z.strictObject({
  kind: z.literal('playground-claim'),
  points: z.number().positive(),
  /** Id of one of the lab's `playgrounds`. */
  playground: z.string(),
  runs: z.int().min(20).max(1000).default(100),
  /** Success rate from which on a claim is confirmed: the lower end of the interval reaches it. */
  reliable: z.number().min(0).max(1).default(0.5),
  /** Success rate below which it is refuted: the upper end of the interval stays below it. */
  rare: z.number().min(0).max(1).default(0.05),
});
