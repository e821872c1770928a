import { EpochSchema, PlaygroundConfigSchema } from '@labproof/core';
import { z } from 'zod';
import { LayerReadingSchema } from './models/layer-readings.ts';

/**
 * `refused`: the student's file cannot or must not be read. `broken`: our fault, no score, never a zero.
 * `needs-review`: a human decides. Nothing defaults to full marks.
 */
export const OutcomeSchema = z.enum([
  'passed',
  'partial',
  'failed',
  'missing',
  'needs-review',
  'refused',
  'broken',
]);
export type Outcome = z.infer<typeof OutcomeSchema>;

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
]);
export type Evidence = z.infer<typeof EvidenceSchema>;

export const CheckOutcomeSchema = z.strictObject({
  check: z.string(),
  outcome: OutcomeSchema,
  /** `null` while a human has to decide (`needs-review`) or when we failed (`broken`). */
  points: z.number().nullable(),
  max: z.number(),
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

/** A file of the submission, what it was taken for and why. */
export const FoundFileSchema = z.strictObject({
  path: z.string(),
  role: z.enum(['answers', 'model', 'weights', 'history', 'image', 'declaration', 'ignored']),
  /** Exercise or question ids that it was matched to. */
  matched: z.array(z.string()),
  why: z.string(),
});
export type FoundFile = z.infer<typeof FoundFileSchema>;

export const RefusalSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type Refusal = z.infer<typeof RefusalSchema>;

export const EvaluationSchema = z.strictObject({
  dataset: z.string(),
  scale: z.string(),
  /** Who evaluated it, where that was not Labproof's own arithmetic. */
  evaluatedBy: z.string().optional(),
  loss: z.number(),
  accuracy: z.number(),
  /** Number of test images whose predicted class is wrong. */
  misclassified: z.int(),
  /** `confusion[true][predicted]`: counts over the test set. */
  confusion: z.array(z.array(z.int())),
  /** Some misclassified images, most confident mistakes first. `confidence` is the predicted class's probability. */
  examples: z.array(
    z.strictObject({
      index: z.int(),
      label: z.int(),
      predicted: z.int(),
      confidence: z.number(),
    }),
  ),
});
export type Evaluation = z.infer<typeof EvaluationSchema>;

/** A model on the images of the hidden test set, which no student has. */
export const HiddenTestSchema = z.strictObject({
  images: z.int(),
  accuracy: z.number(),
  misclassified: z.int(),
  /** Far more mistakes than on the test images: something for a person to look at. It changes no points. */
  implausible: z.boolean(),
});
export type HiddenTest = z.infer<typeof HiddenTestSchema>;

/** One submitted model as it was read. Exactly one of `refused` and `layers` says something. */
export const ModelReadingSchema = z.strictObject({
  exercise: z.string(),
  path: z.string(),
  format: z.enum(['tfjs-layers-model', 'keras-h5', 'keras-v3']),
  refused: RefusalSchema.nullable(),
  layers: z.array(LayerReadingSchema),
  parameters: z.int().nullable(),
  /** SHA-256 of the weights, little-endian float32 in layer order. */
  digest: z.string().nullable(),
  evaluation: EvaluationSchema.nullable(),
  /** Only where the grading had a secret for hidden images. */
  hidden: HiddenTestSchema.optional(),
  /** The training history handed in for this exercise. */
  history: z.array(EpochSchema).nullable(),
});
export type ModelReading = z.infer<typeof ModelReadingSchema>;

/** When a submission came and what that costs: beside the points of the questions, never inside them. */
export const LatenessSchema = z.strictObject({
  submitted: z.string(),
  due: z.string(),
  /** Periods of the policy that count; 0 when it came in time. */
  periods: z.int(),
  deduction: z.number(),
  /** The score before the deduction; `null` where there is none. */
  scoreBefore: z.number().nullable(),
  /** The whole reckoning in a sentence or two. */
  message: z.string(),
});
export type Lateness = z.infer<typeof LatenessSchema>;

/** The whole grade of one submission: `DIR/<student>/grade.json`. Free of clocks and machine names. */
export const GradeSchema = z.strictObject({
  student: z.string(),
  name: z.string().nullable(),
  /** Points decided so far, less `lateness.deduction`; `null` when something is `broken`. */
  score: z.number().nullable(),
  pending: z.number(),
  max: z.number(),
  /** `final`: nothing waits. `needs-review`: a human has to read. `refused`: nothing could be read. `broken`: our fault, no score. */
  status: z.enum(['final', 'needs-review', 'refused', 'broken']),
  /** Why the whole submission was refused or broke; else `null`. */
  problem: RefusalSchema.nullable(),
  lab: z.strictObject({ id: z.string(), title: z.string(), version: z.string() }),
  outcomes: z.array(QuestionOutcomeSchema),
  /** Only where a policy for late hand-ins was applied. */
  lateness: LatenessSchema.optional(),
  /** How a platform's name for the upload was read; only where it was one. */
  handIn: z
    .strictObject({
      rule: z.enum(['moodle', 'canvas', 'gradescope', 'github-classroom']),
      why: z.string(),
    })
    .optional(),
  files: z.array(FoundFileSchema),
  models: z.array(ModelReadingSchema),
  answers: z.array(
    z.strictObject({
      /** `null`: text that could not be matched to a question; it is shown, never dropped. */
      question: z.string().nullable(),
      heading: z.string(),
      text: z.string(),
    }),
  ),
  provenance: z.strictObject({
    labproof: z.string(),
    arithmetic: z.string(),
    /** SHA-256 over the paths and bytes of the submission. */
    submissionDigest: z.string(),
    dataDigests: z.record(z.string(), z.string()),
  }),
});
export type Grade = z.infer<typeof GradeSchema>;
