import type { z } from 'zod';
import type { LabParts } from '../parts.ts';
import type { Question } from '../question.ts';
import type { CheckSpec } from './check-spec.ts';

/**
 * What a check cannot decide without.
 * - `exercise`: its question names one.
 * - `network`: the layers that the exercise prescribes.
 * - `recipe`: how the exercise says that its network is trained.
 * - `history`: the training log, as a file or printed in the answers.
 * - `model`: the trained model of the exercise.
 * - `test-images`: that model on the test images of its dataset.
 * - `pass-mark`: the measured lower bound of the exercise's accuracy.
 * - `pictures`: those that the answer shows.
 * - `playground`: settings of a playground network.
 */
export type Need =
  | 'exercise'
  | 'network'
  | 'recipe'
  | 'history'
  | 'model'
  | 'test-images'
  | 'pass-mark'
  | 'pictures'
  | 'playground';

/** Something in a check that has the right form and no meaning: a name that names nothing, a sum that does not add up. */
export interface CheckIssue {
  /** The option; none where the whole check is meant. */
  readonly option?: string;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to write instead, as a sentence; empty where the message says it. */
  readonly instead: string;
}

/** The form of a kind's checks: `kind`, `points`, and options of its own. */
export type CheckForm = z.ZodObject<{ kind: z.ZodLiteral<string>; points: z.ZodNumber }>;

/** What labs and submissions have to know of a kind of checks. How it decides is the grader's. */
export interface CheckKind {
  readonly kind: string;
  /** What an author writes. */
  readonly spec: CheckForm;
  readonly needs: readonly Need[];
  /** Whether it judges whatever network students design, by its result alone. */
  readonly judgesAnyNetwork: boolean;
  /** What code it is answered with, which handouts then keep to themselves: of the network, of its training, or none. */
  readonly answeredByCode: 'network' | 'training' | null;
  /**
   * What a self-check does with it.
   * - `same`: it runs as in grading; its options hold no answer.
   * - `in-grading`: it is decided in grading only, because a student edition does not hold what it needs.
   * - a function: it runs with what that leaves of its options.
   */
  readonly selfCheck: 'same' | 'in-grading' | ((check: CheckSpec) => CheckSpec);
  /** What is wrong with a check in its lab. */
  issues(check: CheckSpec, question: Question, lab: LabParts): readonly CheckIssue[];
}
