import { PlaygroundConfigSchema } from '@labproof/core/playground';
import { z } from 'zod';

/** What an outcome rests on: measured numbers, bounds with their origin, the text that was read. */
export const EvidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measurement'),
    label: z.string(),
    value: z.number(),
    unit: z.enum(['accuracy', 'loss', 'count', 'seconds', 'parameters', 'words']),
  }),
  z.strictObject({
    kind: z.literal('bound'),
    label: z.string(),
    value: z.number(),
    unit: z.enum(['accuracy', 'loss', 'count']),
    side: z.enum(['lower', 'upper', 'tolerance']),
    /** Where the bound comes from, in words. */
    source: z.string(),
    n: z.int().nullable(),
    coverage: z.number().nullable(),
    confidence: z.number().nullable(),
  }),
  /** Text of the submission, untrusted: escape or sanitise wherever it is shown. */
  z.strictObject({ kind: z.literal('text'), label: z.string(), text: z.string() }),
  z.strictObject({
    kind: z.literal('difference'),
    label: z.string(),
    expected: z.string(),
    found: z.string(),
  }),
  z.strictObject({
    kind: z.literal('image'),
    path: z.string(),
    width: z.int(),
    height: z.int(),
    blank: z.boolean(),
  }),
  /** A playground network that was run from the seeds 1 to `runs`. */
  z.strictObject({
    kind: z.literal('playground'),
    label: z.string(),
    config: PlaygroundConfigSchema,
    epochs: z.int(),
    /** The test loss to get below. */
    target: z.number(),
    runs: z.int(),
    successes: z.int(),
    /** Wilson's 95 % interval of the success rate. */
    interval: z.tuple([z.number(), z.number()]),
    /** The run whose decision boundary is drawn: it is trained again from its seed. */
    shown: z.strictObject({ seed: z.int(), epochs: z.int(), testLoss: z.number().nullable() }),
    /** The same settings as a page of the playground. */
    address: z.string(),
  }),
  z.strictObject({
    kind: z.literal('rubric'),
    items: z.array(
      z.strictObject({
        concept: z.string(),
        points: z.number(),
        lookFor: z.string(),
        /** What a search for the concept's words suggests; absent where the lab names no words. Never a mark. */
        met: z.enum(['found', 'negated', 'not-found']).optional(),
        /** The sentence in which it was found. Untrusted text. */
        where: z.string().optional(),
      }),
    ),
  }),
  /** What of the rubric a reader gave, in the reader's words: all of it that its student sees. */
  z.strictObject({
    kind: z.literal('given'),
    items: z.array(
      z.strictObject({
        concept: z.string(),
        /** Points given; below 0 where the item takes points off. */
        points: z.number(),
        /** Points of the whole item. */
        of: z.number(),
      }),
    ),
  }),
]);
export type Evidence = z.infer<typeof EvidenceSchema>;
