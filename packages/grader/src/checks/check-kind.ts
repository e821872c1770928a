import type { CheckSpec } from '@labproof/lab';
import type { CheckContext } from './check-context.ts';
import type { Verdict } from './verdict.ts';

/**
 * What a check cannot decide without.
 * - `model`: the trained model of the question's exercise.
 * - `test-images`: that model on the test images of its dataset.
 * - `history`: the training log, as a file or printed in the answers.
 */
export type Need = 'model' | 'test-images' | 'history';

/** What pages know of a lab when they say how a check decides. */
interface Marks {
  /** `at least 97.58 %`; `null` where nothing was measured, or several marks count. */
  readonly passMark: string | null;
}

export type SpecOf<Kind extends CheckSpec['kind']> = Extract<CheckSpec, { kind: Kind }>;

/** A kind of check, whole: what pages call it, what it needs, and how it decides. */
export interface CheckKind<Spec extends CheckSpec = CheckSpec> {
  readonly kind: Spec['kind'];
  /** What it is called on pages. */
  readonly title: string;
  readonly needs: readonly Need[];
  /** What tells a check in a grade from others of its kind. */
  detail?(spec: Spec): string;
  /** What a student may know beforehand of how it decides; nothing that would answer a question. */
  gradedBy(spec: Spec, marks: Marks): string;
  run(context: CheckContext, spec: Spec): Verdict | Promise<Verdict>;
}
