/** Whose problem an error is: theirs to mend, and never a student's zero when it is ours. */
export type Owner = 'student' | 'instructor' | 'us';

/**
 * An error for people: what happened, why, and what to do about it.
 * `code` is permanent; once published it keeps its meaning.
 */
export class LabproofError extends Error {
  override readonly name = 'LabproofError';
  readonly code: string;
  readonly owner: Owner;
  /** The next thing to do, as an imperative sentence. */
  readonly fix: string;

  constructor(problem: {
    code: string;
    owner: Owner;
    message: string;
    fix: string;
    cause?: unknown;
  }) {
    super(problem.message, problem.cause === undefined ? {} : { cause: problem.cause });
    this.code = problem.code;
    this.owner = problem.owner;
    this.fix = problem.fix;
  }
}
