import { z } from 'zod';
import { EvidenceSchema } from './evidence.ts';

/**
 * `refused`: the student's file cannot or must not be read. `broken`: our fault, no score, never a zero.
 * `needs-review`: a human decides. Nothing defaults to full marks.
 */
const OutcomeSchema = z.enum([
  'passed',
  'partial',
  'failed',
  'missing',
  'needs-review',
  'refused',
  'broken',
]);
export type Outcome = z.infer<typeof OutcomeSchema>;

const CheckOutcomeSchema = z.strictObject({
  check: z.string(),
  outcome: OutcomeSchema,
  /** `null` while a human has to decide (`needs-review`) or when we failed (`broken`). */
  points: z.number().nullable(),
  max: z.number(),
  /** A person gave these points; absent where the check decided, or still waits. */
  byReader: z.literal(true).optional(),
  /** Permanent code of the reason why a person looks at it; only where the work itself was too much. */
  code: z.string().optional(),
  /** What was found and why it gives these points: one or two plain sentences. */
  message: z.string(),
  /** What the student can do about it; `null` where nothing is to be done. */
  advice: z.string().nullable(),
  evidence: z.array(EvidenceSchema),
});
export type CheckOutcome = z.infer<typeof CheckOutcomeSchema>;

export const QuestionOutcomeSchema = z.strictObject({
  question: z.string(),
  number: z.int(),
  title: z.string(),
  outcome: OutcomeSchema,
  /** Points decided so far; `null` when a check is `broken`. */
  points: z.number().nullable(),
  /** Points that wait for a human. */
  pending: z.number(),
  max: z.number(),
  message: z.string(),
  evidence: z.array(EvidenceSchema),
  checks: z.array(CheckOutcomeSchema),
});
export type QuestionOutcome = z.infer<typeof QuestionOutcomeSchema>;
