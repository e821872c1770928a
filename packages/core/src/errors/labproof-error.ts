/** Whose problem an error is: theirs to mend, and never a student's zero when it is ours. */
export type Owner = 'student' | 'instructor' | 'us';

/** An error as plain data: what crosses between threads, processes and machines. */
export interface Problem {
  /** Permanent; once published it keeps its meaning. */
  readonly code: string;
  readonly owner: Owner;
  /** What happened and why, in whole sentences. */
  readonly message: string;
  /** The next thing to do, as an imperative sentence. */
  readonly fix: string;
}

/** An error for people: what happened, why, whose it is and what to do about it. */
export class LabproofError extends Error implements Problem {
  override readonly name = 'LabproofError';
  readonly code: string;
  readonly owner: Owner;
  readonly fix: string;

  constructor({ code, owner, message, fix, cause }: Problem & { readonly cause?: unknown }) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.owner = owner;
    this.fix = fix;
  }

  toJSON(): Problem {
    const { code, owner, message, fix } = this;
    return { code, owner, message, fix };
  }
}
