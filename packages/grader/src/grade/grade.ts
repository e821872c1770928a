import { z } from 'zod';
import { FoundFileSchema, RefusalSchema } from '@labproof/submission';
import { ModelReadingSchema } from '../evaluation/model-reading-schema.ts';
import { QuestionOutcomeSchema } from './outcome.ts';

/** When a submission came and what that costs: beside the points of the questions, never inside them. */
const LatenessSchema = z.strictObject({
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
  /** The id as the class list or the folder writes it; only where `student`, which is safe as a folder's name, is another. */
  id: z.string().optional(),
  name: z.string().nullable(),
  /** Points decided so far, less `lateness.deduction`; `null` when something is `broken`. */
  score: z.number().nullable(),
  pending: z.number(),
  max: z.number(),
  /** `final`: everything is decided. `needs-review`: something needs manual grading. `refused`: see `refusal`. `broken`: our fault, no score. */
  status: z.enum(['final', 'needs-review', 'refused', 'broken']),
  /**
   * With the status `refused` alone: what could not be read. `everything`: no file, so the zero says nothing about the work. `answers`: no
   * answer, while a model or a history was read, and what it earned stands. Grades of before this field have none.
   */
  refusal: z.enum(['everything', 'answers']).optional(),
  /** Why the whole submission was refused or broke; else `null`. */
  problem: RefusalSchema.nullable(),
  lab: z.strictObject({ id: z.string(), title: z.string(), version: z.string() }),
  outcomes: z.array(QuestionOutcomeSchema),
  /** Only where a policy for late hand-ins was applied. */
  lateness: LatenessSchema.optional(),
  /** How a platform's name for the upload was read; only where it was one. */
  handIn: z
    .strictObject({
      rule: z.enum([
        'moodle',
        'canvas',
        'gradescope',
        'github-classroom',
        'blackboard',
        'brightspace',
        'sakai',
      ]),
      why: z.string(),
      /** What kind of id `student` is: of the class list, or the platform's own number, which is matched as such only. */
      idKind: z.enum(['name', 'participant', 'canvas-user', 'list', 'github-user']).optional(),
      /** The names of its folders or files as the platform packed them, by which it takes work back. */
      uploads: z.array(z.string()).optional(),
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
      /** Beside the question's answer it holds text that names no question, so it may answer others as well. */
      leftOver: z.literal(true).optional(),
      /** A title or a bare number alone led to the question, in a document that goes on under other headings. */
      doubtful: z.literal(true).optional(),
    }),
  ),
  /** The pictures of the answers, drawn anew within bounds; absent where there are none. `grades.json` leaves them out. */
  pictures: z
    .array(
      z.strictObject({
        question: z.string(),
        /** The student's own file. Untrusted text. */
        path: z.string(),
        width: z.int(),
        height: z.int(),
        /** A PNG in base64: pixels, and nothing else of the file. */
        png: z.string(),
      }),
    )
    .optional(),
  provenance: z.strictObject({
    labproof: z.string(),
    arithmetic: z.string(),
    /** SHA-256 over the paths and bytes of the submission. */
    submissionDigest: z.string(),
    dataDigests: z.record(z.string(), z.string()),
  }),
});
export type Grade = z.infer<typeof GradeSchema>;

/** The id of a student as a person typed it. */
export function writtenId({
  student,
  id,
}: {
  readonly student: string;
  readonly id?: string | undefined;
}): string {
  return id ?? student;
}

/** What could not be read of a refused submission; `null` for every other. */
export function refusalOf({
  status,
  refusal,
  score,
}: Pick<Grade, 'status' | 'refusal' | 'score'>): 'everything' | 'answers' | null {
  if (status !== 'refused') return null;
  return refusal ?? ((score ?? 0) > 0 ? 'answers' : 'everything');
}
