import { z } from 'zod';

/** The network in the submitted code, which is read and never run, has the exercise's layers. */
export const CodeTopologySpec = z.strictObject({
  kind: z.literal('code-topology'),
  points: z.number().positive(),
});
