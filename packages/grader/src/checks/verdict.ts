import type { Evidence } from '../grade/evidence.ts';
import type { Outcome } from '../grade/outcome.ts';

/** What a check concludes, before points are given. */
export interface Verdict {
  /** `partial` is half of the points. */
  readonly outcome: Outcome;
  readonly message: string;
  readonly advice: string | null;
  readonly evidence: readonly Evidence[];
  /** As `CheckOutcome` has it. */
  readonly code?: string;
}
